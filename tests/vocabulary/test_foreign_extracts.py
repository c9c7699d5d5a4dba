"""Extracts as GND, AAT and Iconclass give them, and files that mean harm."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from archive_ai.errors import BadTable, UsageError
from archive_ai.vocabulary import check_scheme, read_scheme

PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix aat: <http://vocab.getty.edu/aat/> .
@prefix ic: <https://iconclass.org/> .
"""
GND = """\
<https://d-nb.info/gnd/0000001-X> a skos:Concept ;
    skos:prefLabel "Kirchenbau" ; skos:altLabel "Kirche <Bauwerk>" , "Gotteshaus" ;
    skos:exactMatch <http://vocab.getty.edu/aat/1> ; skos:closeMatch <https://iconclass.org/11Q71> .
<https://d-nb.info/gnd/0000002-7> a skos:Concept ; skos:prefLabel "Dorfkirche" ;
    skos:broader <https://d-nb.info/gnd/0000001-X> .
"""
AAT = """\
<http://vocab.getty.edu/aat/> a skos:ConceptScheme ; dct:title "AAT"@en .
aat:1 a skos:Concept ; skos:inScheme aat: ;
    skos:prefLabel "churches (buildings)"@en ;
    skosxl:prefLabel <http://vocab.getty.edu/aat/term/10-en> ,
        <http://vocab.getty.edu/aat/term/11-de> ;
    skosxl:altLabel [ skosxl:literalForm "kerk"@nl ] ;
    skos:scopeNote <http://vocab.getty.edu/aat/scopeNote/5> .
<http://vocab.getty.edu/aat/term/10-en> skosxl:literalForm "churches (buildings)"@en .
<http://vocab.getty.edu/aat/term/11-de> skosxl:literalForm "Kirchen (Gebäude)"@de .
<http://vocab.getty.edu/aat/scopeNote/5> rdf:value "Buildings for public worship."@en .
"""
ICONCLASS = """\
ic:11Q71 a skos:Concept ; skos:inScheme <https://iconclass.org> ; skos:prefLabel "Kirche"@de ;
    skos:narrower ic:11Q711\\(\\+1\\) .
ic:11Q711\\(\\+1\\)
    a skos:Concept ; skos:inScheme <https://iconclass.org> ; skos:prefLabel "Kapelle"@de .
"""


def write(tmp_path: Path, text: str | bytes, name: str = "extract.ttl") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_gnd_without_scheme_and_languages(tmp_path: Path) -> None:
    path = write(tmp_path, PREFIXES + GND, "GND Auszug.ttl")
    assert read_scheme(path).id == "GND-Auszug"
    scheme, faults = check_scheme(path, name="gnd")
    assert scheme is not None
    assert (scheme.id, scheme.uri) == ("gnd", "https://archive-ai.example/vocabulary/gnd")
    church, village = scheme.concepts
    assert (church.id, church.uri) == ("0000001-X", "https://d-nb.info/gnd/0000001-X")
    assert church.label("de") == "Kirchenbau"
    assert church.alternatives == {"und": ("Kirche <Bauwerk>", "Gotteshaus")}
    assert church.exact_matches == ("http://vocab.getty.edu/aat/1",)
    assert church.close_matches == ("https://iconclass.org/11Q71",)
    assert village.broader == ("0000001-X",)
    assert [f.what for f in faults] == [
        "it, like 1 more, has no German label (de).",
        "it, like 1 more, has no prompts although a machine tags by words.",
    ]
    assert all(fault.warning for fault in faults)


def test_aat_with_labels_and_notes_that_are_things(tmp_path: Path) -> None:
    scheme = read_scheme(write(tmp_path, PREFIXES + AAT))
    assert (scheme.id, scheme.uri) == ("aat", "http://vocab.getty.edu/aat/")
    assert scheme.title == {"en": "AAT"}
    (church,) = scheme.concepts
    assert church.labels == {"en": "churches (buildings)", "de": "Kirchen (Gebäude)"}
    assert church.alternatives == {"nl": ("kerk",)}
    assert church.scope_note() == "Buildings for public worship."


def test_iconclass_with_brackets_in_its_notations(tmp_path: Path) -> None:
    path = write(tmp_path, PREFIXES + ICONCLASS)
    scheme = read_scheme(path)
    assert scheme.id == "iconclass.org"
    assert [(c.id, c.broader) for c in scheme.concepts] == [
        ("11Q71", ()),
        ("11Q711(+1)", ("11Q71",)),
    ]
    broken = write(tmp_path, path.read_text("utf-8").replace('"Kapelle"', '" "'))
    _, faults = check_scheme(broken)
    assert [f.place for f in faults if not f.warning] == ["line 9, concept 11Q711(+1)"]


def test_of_several_schemes_one_is_read(tmp_path: Path) -> None:
    both = ICONCLASS + "<https://iconclass.org> a skos:ConceptScheme .\n"
    path = write(tmp_path, PREFIXES + AAT + both)
    with pytest.raises(BadTable, match=r"describes 2 concept schemes: aat, iconclass\.org"):
        read_scheme(path)
    assert [c.id for c in read_scheme(path, name="aat").concepts] == ["1"]
    assert len(read_scheme(path, name="iconclass.org").concepts) == 2
    with pytest.raises(BadTable, match="2 concept schemes"):
        read_scheme(path, name="gnd")
    across = write(tmp_path, path.read_text("utf-8") + "aat:1 skos:broader ic:11Q71 .\n")
    with pytest.raises(BadTable, match=r"concept 1: its broader concept .* is in another scheme"):
        read_scheme(across, name="aat")


@pytest.mark.parametrize("name", ["", "a b", "../x", "a/b", "-x"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot name a scheme"):
        read_scheme(write(tmp_path, PREFIXES + GND), name=name)


def test_an_address_that_none_may_have_is_a_fault(tmp_path: Path) -> None:
    body = '<u:v/a{b> a skos:Concept ; skos:prefLabel "A"@de ; skos:exactMatch "nowhere" .'
    _, faults = check_scheme(write(tmp_path, PREFIXES + body))
    assert [(fault.line, fault.what) for fault in faults if not fault.warning] == [
        (7, "its address 'u:v/a{b' is not whole or holds what none may hold."),
        (7, "its exactMatch “nowhere” is no address."),
    ]


# --- files that mean harm ---------------------------------------------------------------------

RDF = """<?xml version="1.0"?>
{doctype}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="u:v/a"><skos:prefLabel xml:lang="de">{label}</skos:prefLabel
></skos:Concept>
</rdf:RDF>
"""
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 10))


@pytest.mark.parametrize(
    ("doctype", "label"),
    [
        (f'<!DOCTYPE r [<!ENTITY l0 "ha">\n{LAUGHS}]>\n', "&l9;"),
        ('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n', "&x;"),
        ('<!DOCTYPE r [<!ENTITY % x SYSTEM "http://x.example/x.dtd"> %x;]>\n', "A"),
        ('<!DOCTYPE r SYSTEM "http://x.example/x.dtd">\n', "A"),
        (f'<!DOCTYPE r [<!ENTITY x "{"a" * 100_000}">]>\n', "&x;" * 50_000),
    ],
)
def test_entities_are_harmless(tmp_path: Path, doctype: str, label: str) -> None:
    path = write(tmp_path, RDF.format(doctype=doctype, label=label), "harm.rdf")
    with pytest.raises(BadTable, match=r"harm\.rdf, line \d+: .* that is not opened") as refused:
        read_scheme(path)
    assert refused.value.advice


def test_entities_for_namespaces_are_read(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE rdf:RDF [<!ENTITY bruecke "Brücke">]>\n'
    path = write(tmp_path, RDF.format(doctype=doctype, label="&bruecke;"), "fine.rdf")
    assert read_scheme(path).concepts[0].labels == {"de": "Brücke"}


def test_rdf_xml_of_another_encoding_is_read(tmp_path: Path) -> None:
    text = RDF.format(doctype="", label="Brücke").replace("?>", ' encoding="ISO-8859-1"?>', 1)
    path = write(tmp_path, text.encode("latin-1"), "old.rdf")
    assert read_scheme(path).concepts[0].labels == {"de": "Brücke"}


@pytest.mark.parametrize(
    "context",
    [
        '"https://x.example/context.jsonld"',
        '[{"a": "u:a"}, "https://x.example/context.jsonld"]',
        '{"@import": "https://x.example/context.jsonld"}',
        '{"a": {"@id": "u:a", "@context": "https://x.example/context.jsonld"}}',
    ],
)
def test_a_context_elsewhere_is_never_fetched(
    tmp_path: Path, context: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    text = '{\n"@context": ' + context + ',\n"@id": "u:v/a", "a": "x"}'
    with pytest.raises(BadTable, match=r"line 2: its context .* is not fetched") as refused:
        read_scheme(write(tmp_path, text, "far.jsonld"))
    assert "in its place" in refused.value.advice


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.rdf", "\n<rdf:RDF>\n", "line 2: not valid XML"),
        ("a.rdf", '<?xml version="1.0" encoding="UTF1-8"?><a/>', "line 1: not valid XML"),
        ("a.rdf", '<?xml version="1.0" encoding="Big5"?><a/>', "a.rdf, line 1: not valid XML"),
        ("a.rdf", RDF.format(doctype="", label="&unknown;"), "line 4: not valid XML"),
        (
            "a.rdf",
            RDF.format(doctype="", label="A").replace('about="u:v/a"', 'ID="1 2"'),
            "line 4: not valid RDF/XML (rdf:ID value is not a valid NCName",
        ),
        ("a.json", '{\n"@id": }', "line 2: not valid JSON"),
        ("a.json", "[" * 100_000, "not valid JSON"),
        ("a.json", '[\n{"@id": "u:v/a b"}]', "line 2: the address “u:v/a b” holds a space"),
        ("a.json", "[3, null, {}]", "it describes no concept"),
        ("a.json", '{"@context": {"a": 7}, "@id": "u:v/a", "a": 1}', "a.json"),
        ("a.xml", "<html/>", "a.xml"),
        ("a.json", b"\xff", "line 1: the file is not UTF-8"),
    ],
)
def test_what_is_broken_is_refused_with_its_line(
    tmp_path: Path, name: str, text: str | bytes, what: str
) -> None:
    with pytest.raises(BadTable) as refused:
        read_scheme(write(tmp_path, text, name))
    assert what in refused.value.what
    assert refused.value.advice


def test_lines_are_known_in_rdf_xml_and_json_ld(tmp_path: Path) -> None:
    xml = write(tmp_path, RDF.format(doctype="", label=" "), "a.rdf")
    skos = "http://www.w3.org/2004/02/skos/core#"
    nodes = [
        {"@id": "u:v/a", "@type": f"{skos}Concept", f"{skos}broader": [{"@id": "u:v/b"}]},
        {"@id": "u:v/b", "@type": f"{skos}Concept"},
    ]
    text = "[\n" + ",\n".join(json.dumps(node) for node in nodes) + "\n]"
    for path, places in (
        (xml, ["line 4, concept a"]),
        (write(tmp_path, text, "a.jsonld"), ["line 2, concept a", "line 3, concept b"]),
    ):
        _, faults = check_scheme(path)
        assert [f.place for f in faults if not f.warning] == places
