import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isUuid } from '../../values/opaque-id.ts'
import { namesOf } from '../names-of-fields.ts'

/** A UUID that only its field tells from others. All zeros, as where someone has opted out, are nobody's. */
export const advertisingId: Recogniser = {
  id: 'advertising-id',
  name: 'Advertising identifier of a device',
  category: 'online',
  forms: [],
  value: (bytes, start, end) => (isUuid(bytes, start, end) ? 0.5 : 0),
  fieldNames: namesOf(
    'advertising id, idfa, gaid, aaid, idfv, rdid, maid, adid, advertisingid, advertising identifier, ad identifier',
    'ifa, mobile ad id, google ad id, gps adid, oaid, werbe id, identifiant publicitaire, id publicitaire',
    'id de publicidad, id publicidad, id pubblicita, identificativo pubblicitario, id de publicidade, reclame id',
    'identyfikator reklamowy, annons id, mainostunnus',
  ),
  contextWords: {},
  mask: (value) => maskMiddle(value, 4, 0),
  source: 'Apple AdSupport, advertisingIdentifier; Android advertising ID; IAB OpenRTB 2.6, device.ifa',
  examples: {
    good: [
      'EA7583CD-A667-48BC-B806-42ECB2B48606',
      '38400000-8cf0-11bd-b23e-10b96e40000d',
      'cdda802e-fb9c-47ad-9866-0794d394c912',
    ],
    bad: [
      '00000000-0000-0000-0000-000000000000',
      'EA7583CDA66748BCB80642ECB2B48606',
      '42',
      'null',
      'EA7583CD-A667-48BC-B806-42ECB2B4860',
    ],
  },
}
