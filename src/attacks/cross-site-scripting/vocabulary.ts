/** Words of HTML, of browsers and of JavaScript, in lower case as views are compared. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** Elements that run, load or redirect by being there. */
export const activeElements = words(
  'script iframe frame frameset embed object applet meta base link style layer ilayer bgsound isindex xml portal param import fencedframe vmlframe handler listener',
)

/** Elements whose attributes make a browser load, submit or link. */
export const loadingElements = words(
  'a area img image input button form video audio source track picture svg math table td th tr body html div span p details select textarea ' +
    'marquee keygen animate set use foreignobject animatetransform animatemotion discard feimage mglyph maction isindex dialog br label',
)

/** What an attribute has to be so that its value is an address. */
export const addressAttributes = words(
  'src href action formaction data xlink:href poster background lowsrc dynsrc code codebase cite longdesc usemap from to values by url value ' +
    'srcset ping manifest archive classid content profile icon folder movie style datasrc imagesrcset lowid',
)

/** Elements in whose text a browser sees no markup: closing one that was never opened breaks out of it. */
export const rawTextElements = words(
  'script style title textarea noscript iframe xmp plaintext template noembed noframes math svg select option comment listing',
)

/** Elements that end a page. */
export const pageElements = words('html body head')

/** Events of HTML, SVG and browsers of all ages, without `on`. */
export const events = words(
  'abort activate afterprint afterscriptexecute afterupdate animationcancel animationend animationiteration animationstart appinstalled auxclick ' +
    'beforeactivate beforecopy beforecut beforedeactivate beforeeditfocus beforeinput beforeinstallprompt beforematch beforepaste beforeprint beforescriptexecute beforetoggle beforeunload beforeupdate begin begincontent blur bounce bufferedamountlow ' +
    'cancel canplay canplaythrough cellchange change click close command contentvisibilityautostatechange contextlost contextmenu contextrestored controlselect copy cuechange cut ' +
    'dataavailable datasetchanged datasetcomplete dblclick deactivate devicemotion deviceorientation drag dragdrop dragend dragenter dragexit dragleave dragover dragstart drop durationchange ' +
    'emptied end ended error errorupdate exit filterchange finish focus focusin focusout formdata formchange forminput fullscreenchange fullscreenerror ' +
    'gesturechange gestureend gesturestart gotpointercapture hashchange help input invalid keydown keypress keyup languagechange layoutcomplete load loadeddata loadedmetadata loadend loadstart losecapture lostpointercapture ' +
    'mediacomplete mediaerror message messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel move moveend movestart mozfullscreenchange ' +
    'offline online orientationchange outofsync page pagehide pageshow pagereveal pageswap paste pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate pointerup popstate progress propertychange ' +
    'ratechange readystatechange rejectionhandled repeat reset resize resizeend resizestart resume reverse rowdelete rowenter rowexit rowinserted rowsdelete rowsinserted ' +
    'scroll scrollend scrollsnapchange scrollsnapchanging search securitypolicyviolation seek seeked seeking select selectionchange selectstart show slotchange stalled start stop storage submit suspend syncrestored ' +
    'timeerror timeout timeupdate toggle touchcancel touchend touchmove touchstart trackchange transitioncancel transitionend transitionrun transitionstart ' +
    'unhandledrejection unload urlflip validationstatuschange visibilitychange volumechange waiting waitingforkey webkitanimationend webkitanimationiteration webkitanimationstart webkitmouseforcechanged webkitmouseforcedown webkitmouseforceup webkitmouseforcewillbegin webkitplaybacktargetavailabilitychanged webkitpresentationmodechanged webkittransitionend webkitwillrevealbottom wheel zoom',
)

/** Functions that show a page's visitor that a script ran, or run what they are given. */
export const tellingCalls = words(
  'alert confirm prompt eval execscript settimeout setinterval setimmediate function import importscripts fetch atob decodeuricomponent unescape xmlhttprequest ' +
    'websocket worker sharedworker activexobject getscript createcontextualfragment sendbeacon postmessage queuemicrotask requestanimationframe domparser image generatecrcmatrix',
)

/** Those that nothing but a proof or an exploit calls. */
export const provingCalls = words('alert confirm prompt eval execscript')

/** Objects of a page, and what of them an attacker is after. */
export const tellingMembers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'document',
    words(
      'cookie write writeln domain location url documenturi referrer body head documentelement createelement createtextnode execcommand defaultview implementation getelementbyid getelementsbytagname queryselector forms scripts',
    ),
  ],
  [
    'window',
    words(
      'location open name onerror onload alert confirm prompt eval settimeout setinterval document parent top self localstorage sessionstorage',
    ),
  ],
  ['location', words('href hash search assign replace pathname')],
  ['string', words('fromcharcode fromcodepoint raw')],
  ['localstorage', words('getitem setitem')],
  ['sessionstorage', words('getitem setitem')],
  ['navigator', words('sendbeacon serviceworker credentials clipboard')],
  ['constructor', words('constructor prototype')],
  ['self', words('alert location document name')],
  ['top', words('alert location document name')],
  ['parent', words('alert location document name')],
  ['globalthis', words('alert location document eval')],
  ['frames', words('alert')],
  ['reflect', words('apply construct')],
  ['$', words('getscript globaleval')],
  ['jquery', words('getscript globaleval')],
])

/** Names of the global object, whose members are reached by any string that can be computed. */
export const globalObjects = words('window self top parent frames globalthis this document content')

/** Words of JavaScript that stand before an expression. */
export const expressionKeywords = words(
  'return throw new void typeof delete in of do else await yield case instanceof var let const if while for with switch async default export',
)

/** Schemes that run what follows them, or bring a page of their own. */
export const scriptSchemes = [
  'javascript:',
  'vbscript:',
  'livescript:',
  'mocha:',
  'jscript:',
  'data:text/html',
  'data:text/xml',
  'data:image/svg',
  'data:application/x',
  'data:text/javascript',
  'data:application/javascript',
  'data:,',
  'data:;',
  'about:<',
  'view-source:javascript',
  'feed:javascript',
] as const
