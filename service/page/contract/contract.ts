/**
 * Whatever the page takes for an answer of the API is one: each line fails to compile where the
 * API's own description says otherwise. `make lint` writes schema.d.ts from that description.
 */

import type * as page from '../src/api/types'
import type { components } from './schema'

type Api = components['schemas']
type Fits<Said extends Taken, Taken> = [Said, Taken]

export type Contract = [
  Fits<Api['SessionAnswer'], page.SessionAnswer>,
  Fits<Api['ReaderStatusAnswer'], page.StatusAnswer>,
  Fits<Api['TagAnswer'], page.Tag>,
  Fits<Api['HitAnswer'], page.Hit>,
  Fits<Api['HintAnswer'], page.Hint>,
  Fits<Api['SearchAnswer'], page.SearchAnswer>,
  Fits<Api['FacetsAnswer'], page.Facets>,
  Fits<Api['SavedQueryAnswer'], page.SavedQuery>,
  Fits<Api['PhotosAnswer'], page.ListedPhotos>,
  Fits<Api['WholeSchemeAnswer'], page.WholeScheme>,
  Fits<Api['JobsAnswer'], page.Jobs>,
  Fits<page.Ruling, Api['RulingSent']>,
  Fits<Api['DecisionAnswer'], page.Decision>,
  Fits<Api['DecidedAnswer'], page.Decided>,
  Fits<Api['FailuresAnswer'], page.FailuresAnswer>,
  Fits<Api['FoldersAnswer'], page.FoldersAnswer>,
  Fits<Api['CollectionsAnswer'], page.CollectionsAnswer>,
  Fits<Api['GroupsAnswer'], page.DuplicateGroups>,
  Fits<Api['ModelsAnswer'], page.ModelsAnswer>,
  Fits<Api['TokensAnswer'], page.TokensAnswer>,
  Fits<Api['NewTokenAnswer'], page.MadeToken>,
  Fits<Api['RunsAnswer'], page.RunsAnswer>,
  Fits<Api['DifferenceAnswer'], page.RunDifference>,
  Fits<Api['MapAnswer'], page.MapAnswer>,
  Fits<Api['MapValuesAnswer'], page.MapValuesAnswer>,
  Fits<Api['MapPhotosAnswer'], page.MapPhotos>,
  Fits<Api['QueueAnswer'], page.Queue>,
  Fits<Api['WaitingAnswer'], page.WaitingConcept>,
  Fits<Api['RecordAnswer'], page.PhotoRecord>,
  Fits<Api['PhotoAnswer'], page.PhotoAnswer>,
  Fits<Api['WhyAnswer'], page.Why>,
]
