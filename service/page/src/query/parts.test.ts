import { expect, test } from 'vitest'
import examples from './examples.json'
import { isFilter, made, partsOf, turned, weighed, without, withPart, written } from './parts'

type Example = [text: string, parts: [string, number, number, string][]]

test.each(examples as Example[])('%s is read as the archive reads it', (text, parts) => {
  const read = partsOf(text)
  expect(read.map((one) => [one.kind, one.sign, one.weight, one.text])).toEqual(parts)
})

test.each(examples as Example[])('%s is written as it was typed', (text) => {
  expect(written(partsOf(text))).toBe(text.split(/\s+/).filter(Boolean).join(' '))
})

test('what is weighed or turned is read as what it was made', () => {
  for (const part of (examples as Example[]).flatMap(([text]) => partsOf(text))) {
    if (part.kind !== 'words' && part.kind !== 'like') continue
    for (const one of [weighed(part, 2), turned(part), turned(turned(part)), weighed(part, 1)])
      expect(partsOf(one.source)).toEqual([one])
  }
})

test('several words stay together when they are weighed or turned', () => {
  const [part] = partsOf('Kirche am Fluss')
  expect(weighed(part!, 2).source).toBe('"Kirche am Fluss"^2')
  expect(weighed(weighed(part!, 2), 1).source).toBe('Kirche am Fluss')
  expect(turned(part!).source).toBe('-"Kirche am Fluss"')
  expect(turned(turned(part!)).source).toBe('Kirche am Fluss')
})

test('a part is added once, and a picture is not an example and its opposite', () => {
  expect(withPart('Markt', made('sammlung', 'Alte Karten'))).toBe('Markt sammlung:"Alte Karten"')
  expect(withPart('tag:kirche', made('tag', 'kirche'))).toBe('tag:kirche')
  expect(withPart('tag:kirche', made('tag', 'kirche', -1))).toBe('tag:kirche -tag:kirche')
  expect(withPart('like:p_a Markt', made('like', 'p_a', -1))).toBe('Markt -like:p_a')
})

test('a part is taken out and the others stay as they were typed', () => {
  expect(without('Markt foo:bar  „Alte Brücke“', 1)).toBe('Markt „Alte Brücke“')
  expect(partsOf('Markt tag:a "b c" like:p_a').map(isFilter)).toEqual([false, true, true, false])
})
