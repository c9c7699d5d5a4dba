"""What German words must find, and what they must not: query | text."""

from __future__ import annotations


def pairs(table: str) -> list[tuple[str, str]]:
    """Read the lines of a table."""
    rows = [line.split("|") for line in table.strip().splitlines()]
    return [(query.strip(), text.strip()) for query, text in rows]


COMPOUNDS = pairs("""
    Kirche | Der Kirchturm von Westen
    Kirche | Dorfkirche mit Linde
    Kirche | Die alte Kirchhofmauer
    Kirche | Innenraum der Kilianskirche
    Kirche | Nikolaikirche nach dem Brand
    Kirche | Weihe der Deutschordenskirche
    Kirche | Kirchenchor beim Singen
    Turm | Wasserturm am Stadtrand
    Turm | Der Götzenturm am Neckar
    Turm | Bollwerksturm bei Nacht
    Turm | Turmuhr der Stadtkirche
    Turm | Leuchtturm an der Küste
    Turm | Kirchtürme in der Ferne
    Brücke | Eisenbahnbrücke über den Fluss
    Brücke | Brückenbau im Winter
    Brücke | Neckarbrücke gesprengt
    Brücke | Das Brückengeländer wird gestrichen
    Straße | Bahnhofstraße mit Fahrnern
    Straße | Straßenbau in der Vorstadt
    Straße | Die Kaiserstraße nach Osten
    Straße | Eine Straßenlaterne
    Bahnhof | Hauptbahnhof, Empfangsgebäude
    Bahnhof | Bahnhofsvorplatz mit Droschken
    Bahn | Die Straßenbahn an der Haltestelle
    Bahn | Der neue Bahnsteig
    Eisenbahn | Eisenbahnwagen dritter Klasse
    Lokomotive | Dampflokomotive im Schuppen
    Lokomotive | Lokomotivfabrik in Eßlingen
    Dampf | Dampfmaschine der Mühle
    Schiff | Ausflugsschiff auf dem Neckar
    Schiff | Schiffsanlegestelle im Hafen
    Schiff | Schifffahrt auf dem Kanal
    Hafen | Der Kanalhafen von oben
    Hafen | Hafenkran beim Entladen
    Fluss | Flussufer mit Weiden
    Wasser | Hochwasser in der Altstadt
    Wasser | Das Wasserwerk
    Markt | Wochenmarkt auf dem Platz
    Markt | Marktfrauen mit Körben
    Markt | Weihnachtsmarkt vor dem Rathaus
    Markt | Der Marktbrunnen
    Brunnen | Fleinertorbrunnen im Schnee
    Brunnen | Brunnenfigur aus Stein
    Platz | Rathausplatz mit Menschenmenge
    Platz | Sportplatz im Bau
    Rathaus | Rathaustreppe mit Brautpaar
    Rathaus | Die Rathausuhr
    Haus | Bauernhaus mit Scheune
    Haus | Wohnhäuser in der Siedlung
    Haus | Fachwerkhaus am Markt
    Haus | Hausfassade mit Inschrift
    Haus | Lagerhaus am Kai
    Fachwerk | Giebel eines Fachwerkhauses
    Schule | Mädchenschule, Klasse im Hof
    Schule | Schulkinder auf dem Weg
    Schule | Gewerbeschule
    Schule | Der Schulhof
    Kind | Kindergarten im Sommer
    Kind | Ein Kinderwagen
    Kind | Schulkinder beim Turnen
    Garten | Stadtgarten mit Pavillon
    Garten | Gartenmauer
    Garten | Bundesgartenschau, Eröffnung
    Wein | Weinberg mit Mauern
    Wein | Die Weinlese beginnt
    Wein | Weingärtner beim Schneiden
    Wein | Weinfässer im Keller
    Lese | Weinlese am Wartberg
    Berg | Salzbergwerk, Einfahrt
    Berg | Der Wartberg von Süden
    Baum | Kirschbaum in der Blüte
    Baum | Obstbäume an der Straße
    Baum | Christbaumverkauf auf dem Platz
    Wald | Stadtwald im Herbst
    Wald | Waldweg mit Spaziergängern
    Hof | Bauernhof mit Gesinde
    Hof | Hofansicht
    Bauer | Bauernhochzeit
    Bauer | Weinbauern bei der Arbeit
    Feuerwehr | Feuerwehrhaus mit Leiter
    Feuer | Die Feuerwehr rückt aus
    Feuer | Feuerwerk über der Stadt
    Brand | Großbrand in der Papierfabrik
    Brand | Brandruine
    Fabrik | Zuckerfabrik, Luftbild
    Fabrik | Fabrikschornstein
    Fabrik | Papierfabrik Schaeuffelen
    Arbeiter | Fabrikarbeiter vor dem Tor
    Arbeiter | Arbeitersiedlung
    Tor | Stadttor, Außenseite
    Tor | Das Fleinertor vor dem Abbruch
    Tor | Torbogen
    Stadt | Altstadt nach dem Angriff
    Stadt | Stadtmauer mit Wehrgang
    Stadt | Vorstadt im Aufbau
    Mauer | Stadtmauer im Osten
    Mauer | Mauerwerk, Detail
    Denkmal | Kriegerdenkmal auf dem Friedhof
    Denkmal | Denkmalweihe
    Friedhof | Hauptfriedhof, Kapelle
    Friedhof | Friedhofstor
    Krieg | Kriegsgefangene beim Räumen
    Krieg | Im Ersten Weltkrieg
    Soldat | Soldatengrab
    Bürgermeister | Oberbürgermeister Beutinger spricht
    Bürgermeister | Bürgermeisterkette
    Hochzeit | Goldene Hochzeitsfeier
    Fest | Festzug durch die Straßen
    Fest | Schützenfest auf der Wiese
    Zug | Festzug der Vereine
    Zug | Der Umzugswagen
    Musik | Musikkapelle im Park
    Theater | Stadttheater, Zuschauerraum
    Theater | Theaterplatz
    Sport | Sportverein beim Lauf
    Bad | Hallenbad vor der Eröffnung
    Bad | Badeanstalt am Wehr
    Auto | Autowerkstatt
    Auto | Autobahn im Bau
    Rad | Radfahrer auf der Allee
    Rad | Ein Fahrrad am Zaun
    Pferd | Pferdewagen vor der Brauerei
    Pferd | Pferdemarkt
    Markt | Die Pferdemärkte im Frühjahr
    Luft | Luftangriff, Schäden
    Bild | Luftbilder der Innenstadt
    Karte | Ansichtskarte um die Jahrhundertwende
    Post | Postkutsche vor dem Gasthof
    Gast | Gasthaus zur Rose
    Wirt | Wirtshausschild
    Museum | Museumsinsel
    Museum | Stadtmuseen im Vergleich
    Krankenhaus | Kinderkrankenhaus
    Mühle | Die Sülmermühle am Kanal
    Mühle | Mühlrad
    Ufer | Neckarufer mit Booten
    Neckar | Neckarufer bei Hochwasser
    Neckar | Am Neckarkanal
""")
"""A part finds the whole, at either end or inside."""

SPELLINGS = pairs("""
    Türme | Zwei Tuerme
    Tuerme | Die Türme der Stadt
    Turm | Tuerme und Tore
    Brücke | Bruecke am Wehr
    Bruecke | Die Brücke am Wehr
    Straße | Lange Strasse
    Strasse | Lange Straße
    STRASSE | Breite Straße
    straße | BREITE STRASSE
    Häuser | Alte Haeuser
    Haeuser | Neue Häuser
    Haus | Haeuser am Hang
    Öhringen | Markt in Oehringen
    Oehringen | Schloss in Öhringen
    Fluß | Am Fluss
    Fluss | Am Fluß
    Fuß | Zu Fuss
    Schloß | Schloss Horneck
    Schloss | Schloß Horneck
    Schlösser | Schloesser und Burgen
    Mühle | Muehle am Bach
    Muehlen | Zwei Mühlen
    Gärten | Gaerten vor der Stadt
    Gaerten | Die Gärten
    Garten | Gaerten im Frühling
    Männer | Maenner am Stammtisch
    Maenner | Die Männer vom Bau
    Mädchen | Maedchen mit Zopf
    Maedchen | Ein Mädchen
    Fraenkisch | Fränkische Tracht
    Fränkisch | Fraenkische Bauern
    König | Der Koenig kommt
    Koenig | Der König kommt
    Güterzug | Gueterzug im Bahnhof
    Gueterbahnhof | Der Güterbahnhof
    Börse | Boerse am Morgen
    Löwe | Loewen im Tiergarten
    Loewe | Gasthaus zum Löwen
    Bäckerei | Baeckerei Schmid
    Baeckerei | Bäckerei Schmid
    Kübel | Ein Kuebel Most
    Küfer | Kuefer bei der Arbeit
    Kuefer | Ein Küfer
    Größe | Groesse des Gebaeudes
    Gebäude | Gebaeude am Platz
    Gebaeude | Öffentliche Gebäude
    Übung | Uebung der Feuerwehr
    Uebung | Eine Übung
    Äpfel | Aepfel und Birnen
    Aepfel | Körbe voll Äpfel
    Münster | Das Muenster
    Muenster | Das Münster
    Kuchen backen | Kuchen wird gebacken, man will backen
    Spaß | Spass beim Fest
    Gruß | Gruss aus Heilbronn
    Gruss | Gruß aus Heilbronn
    Gießerei | Giesserei von innen
    Giesserei | Gießerei von außen
    aussen | Ansicht von außen
    Café | Im Cafe am Markt
    Cafe | Das Café am Markt
    Ku\u0308fer | Küfer mit Fass
    Tür\u00admen | Auf den Türmen
    Trümmer | Truemmer in der Kramstrasse
    Truemmerfrauen | Trümmerfrauen bei der Arbeit
    Kramstraße | Truemmer in der Kramstrasse
""")
"""Umlauts, ß, capitals, accents and hidden characters make no difference."""

INFLECTIONS = pairs("""
    Kirche | Mehrere Kirchen
    Kirchen | Eine Kirche
    Brücken | Die Brücke
    Türme | Ein Turm
    Häuser | Ein Haus
    Hause | Das Haus
    Stadt | Die Städte
    Städten | Eine Stadt
    Baum | Unter Bäumen
    Bäume | Ein Baum
    Kind | Mit Kindern
    Kinder | Ein Kind
    Frau | Drei Frauen
    Frauen | Eine Frau
    Mann | Zwei Männer
    Garten | In den Gärten
    Markt | Auf Märkten
    Marktes | Am Markt
    Zug | Lange Züge
    Schiffe | Ein Schiff
    Schiff | Zwei Schiffe
    Lokomotiven | Eine Lokomotive
    Fabriken | Eine Fabrik
    Straßen | Eine Straße
    Museum | Die Museen
    Museen | Das Museum
    Bauer | Die Bauern
    Bauern | Ein Bauer
    Soldat | Mit Soldaten
    Soldaten | Ein Soldat
    Schule | Zwei Schulen
    Lehrerin | Die Lehrerinnen
    Weinberg | In den Weinbergen
    Weinberge | Ein Weinberg
    Bus | Zwei Busse
    Auto | Viele Autos
    Autos | Ein Auto
    Denkmal | Zwei Denkmäler
    Denkmäler | Das Denkmal
    Pferde | Ein Pferd
    Fluss | Die Flüsse
    Saal | In den Sälen
    See | An den Seen
    Allee | Schattige Alleen
    Fuchs | Die Füchse
    Gans | Zwei Gänse
    Kaufmann | Die Kaufleute
    bridges | A bridge in the fog
    churches | An old church
    cities | A small city
    children | A child at play
    women | A woman at the well
    horses | A horse
    ships | One ship in the harbour
    buildings | A tall building
""")
"""All forms of a word are one."""

STRANGERS = pairs("""
    Turm | Ein Sturm zieht auf
    Turm | Schneesturm im Februar
    Wein | Ein Schwein im Hof
    Wein | Wildschweine im Gehege
    Rat | Ein Kamerad von damals
    Rat | Die Heirat
    Rat | Der Vorrat im Keller
    Rad | Mein Kamerad
    Eis | Die Eisenbahn fährt
    Eis | Eiserne Gitter aus Eisen
    Eis | Ein Hufeisen
    Eis | Auf Reisen
    Eis | Der Preis
    Ei | Das Eis
    Burg | Der Bürger
    Burg | Bürgermeister Hegelmaier
    Bau | Der Bauer mäht
    Bau | Ein Baum
    Tor | Der Direktor spricht
    Tor | Ein Traktor auf dem Acker
    Tor | Der Motor läuft
    Tor | Der Pastor
    Tor | Eine Torte
    Hof | Der Bischof segnet
    Kalk | Das Kalkül
    Ton | Eine Tonne
    Ton | Der Kanton
    Bahn | Die Bahre
    Ort | Die Torte
    Ort | Ein Sportfest
    Ort | Das Portal
    Ort | Fortschritt
    Mann | Die Mannschaft
    Lob | Ein Globus
    Oder | Der Mörder
    Ente | Ein Zentner
    Ente | Das Regiment
    Tal | Das Spital
    Tal | Das Kapital
    Tal | Metall
    Tal | Das Portal
    Gen | Der Regen
    Reh | Die Drehbank
    Ast | Der Palast
    Ast | Der Kasten
    Ast | Die Fastnacht
    Art | Die Karte
    Art | Der Garten
    Art | Martin
    Saal | Saalach
    Alm | Die Palme
    Alm | Qualm
    Akt | Die Fakten
    Amt | Samt und Seide
    Arm | Der Marmor
    Uhr | Die Abfuhr
    Uhr | Fuhrwerke
    Ohr | Das Rohr
    See | Zwei Museen
    Hut | Die Hütte
    Kohl | Ein Haufen Kohle
    Messe | Ein Messer
    Ratte | Der Rat tagt
    Ross | Große Rosen
    Rose | Groß und klein
    Made | Die Mädchen
    Kamm | Die Kammer
    Ofen | Offen gesagt
    Kur | Die Kurve
    Wachs | Die Wache
    Fels | Das Feld
    Bus | Ein Busch
    Hund | Hundert Jahre
    Land | Landolin
    Eber | Die Weberei
    Esel | Der Kessel
    Igel | Das Siegel
    Igel | Ein Spiegel
    Ehe | Der Heher
    Ur | Das Urteil
    Elle | Die Kapelle
    Elle | Kelle und Stelle
    Bank | Die Bankette
    Rind | Die Rinde der Eiche
    Lager | Die Lage
    Schlag | Der Schlager
""")
"""Letters that stand in a word by chance find nothing."""
