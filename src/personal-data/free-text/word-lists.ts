/*
 * Words that say something about the words around them, in lower case and without accents that fold away. Written for this
 * project. A word may stand in several lists.
 */

/** Forms of address: what follows is a family name, or a whole one. */
export const titles =
  'mr mrs ms miss mister dr prof professor doctor sir madam herr herrn frau fraulein monsieur madame mme mlle senor senora senorita sra signor signora signorina sigra dott dottssa dhr meneer mevr mevrouw pani fru hr senhor senhora'

/** Offices and relations that stand before a name, in capitals or not. They say less than a title. */
export const roles =
  'president chancellor minister senator governor mayor judge justice captain colonel major general lieutenant sergeant officer king queen prince princess lord lady pope bishop father brother sister uncle aunt cousin director chairman chairwoman chair ceo cto cfo engineer producer actor actress author writer singer composer artist painter poet professor coach teacher nurse patient client customer employee colleague friend husband wife son daughter mother partner commenter reporter journalist editor manager secretary assistant attorney lawyer user member tenant applicant guest student'

/** Begin a letter: a name follows. Of nine languages. */
export const greetings =
  'dear hi hello hey hallo liebe lieber bonjour salut cher chere hola querido querida estimado estimada ciao caro cara gentile egregio ola prezado prezada beste geachte hoi czesc drogi droga szanowny szanowna hej kara kare kaere kjaere moi hei'

/** Said or done by people only: what stands before is a name, whatever it is. */
export const personalVerbs =
  'shouted whispered smiled laughed cried sighed nodded shrugged grinned frowned married'

/** People mostly are who do this: a known name before it is one's. */
export const likelyVerbs =
  'said says told tells asked asks replied answered explained wrote writes thinks thought knows knew likes liked loves loved hates hated lives lived works worked wants wanted needs feels felt spent listed met meets called calls signed sent bought paid went goes came comes saw sees sang plays played born died had has gave wasnt isnt did does sat stood walked ran looked turned hoped wished agreed promised told was will'

/** Behind these a known name is one's, and a capitalised word that is nothing else as well. */
export const namingWords = 'named nee monsieur'

/** Behind these a known name is somebody's. */
export const cues =
  'said says asked told replied answered added called call with by add under meet met tell ask thank thanks starring know love marry friend wife husband son daughter brother sister mother father partner colleague boss doctor uncle aunt cousin neighbour neighbor patient client customer user employee contact dear me him her from regards sincerely cheers yours and why is was at not return like for but given gave showed paid helped invited saw visited owes promised joined hi hello hey im because grusse grussen cordialement saludos saluti hilsen'

/** Between given and family names. */
export const particles =
  'van von der den de del della di da do dos das du la le el al bin ibn ben ter ten zu zum zur af av y e lo dei degli dello delle dal nad pod u near upon sur sous les'

/** Capitalised words that begin sentences and headings, and stand between names and other things: never part of a name. */
export const starters =
  'phd md dvm dds jr sr esq iii a about above according across after again against all also although always am an and another any anyone anything are arent as ask at be because been before being below besides between both but by call called can cannot cant case could couldnt did didnt do does doesnt doing done dont down during each either else even ever every everyone everything except few file find first following for former from full further get getting give given go going good got great had has hasnt have havent having he hello help hence her here heres hers herself hi high him himself his hold how however i id if ill im in include including inside instead into is isnt it its itself ive just keep known last late later latter least less let lets like likewise list look made make makes many maybe me meanwhile meet might mine more moreover most much must my myself name named near need neither never nevertheless new next no nobody none nor not note nothing now of off ok old on once one only onto or other others otherwise our ours out outside over own part per perhaps please put rather read really regarding regards return said same say see seen sent several shall she should show since sincerely so some someone something sometimes soon still such take tell than thank thanks that thats the their theirs them then there therefore theres these they theyre thing this those though three through thus till time to today together tomorrow too toward two under unless unlike until up upon us use used user using usually various very via want was wasnt way we welcome well were werent what whats when whenever where whereas wherever whether which while who whoever whole whom whose why will with within without wont would wouldnt write yes yesterday yet you your youre yours yourself zip'

/** Capitalised words that are none of a name: times, languages and peoples, things of programs, of companies and of titles. */
export const otherWords =
  'team everyone everybody customers colleagues hiring sirs friends folks guys there january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun spring summer autumn winter christmas easter english german french spanish italian dutch polish portuguese swedish danish norwegian finnish russian chinese japanese korean arabic turkish greek latin hebrew hindi american british european african asian canadian australian mexican irish scottish welsh indian roman christian jewish muslim catholic north south east west northern southern eastern western central upper lower saint san santa los las el mount lake river sea ocean island islands bay cape fort port new old great city town village county state states province region district country republic kingdom union federation commonwealth world earth sun moon mars star mount hill valley park garden bridge tower castle church cathedral temple palace hotel restaurant cafe bar pub shop store mall market hospital clinic school college university institute academy faculty library museum theatre theater gallery cinema stadium arena airport station square center centre house hall building street road avenue lane drive court place way highway award prize medal cup league championship festival day week month year night morning evening law laws act bill code rule rules theorem lemma conjecture equation method algorithm transform function functions distribution matrix graph tree number numbers series sequence space set group ring field model theory effect test scale index process system systems software hardware computer computers server servers client cloud web internet network networks data database file files folder page pages site link email mail phone api app apps application applications program programs programming language compiler library libraries framework module package project team group company corporation incorporated limited inc ltd llc llp plc gmbh ag corp co bv nv srl spa sarl sas ab oy aps as holding holdings partners associates foundation society association organization organisation committee council commission department ministry agency office bureau bank trust fund insurance services service solutions technologies technology consulting media press publishing publisher records studio studios entertainment pictures games motors airlines air energy oil gas power electric pharma foods brands international national global general public private license licence agreement copyright version release update edition volume chapter section part book books paper papers report journal magazine times post news review guide manual handbook documentation introduction appendix table figure example examples note notes type types class classes object objects method value values key keys string array error errors warning exception interface user users admin root default standard standards protocol request response header token session service windows linux unix macos android ios apple google microsoft amazon oracle ibm intel amd nvidia apache mozilla firefox chrome safari opera github gitlab docker kubernetes python java javascript typescript ruby perl php rust go swift kotlin scala node react angular vue novel novels song songs concert album version band movie film show tales king queen god lord jesus bible internet street browser engine driver kit pro plus mini max ultra visual studio script sql html css json xml http https url tcp udp ip dns ssl tls usb cpu gpu ram rom pdf id utf ascii iso ieee rfc gnu gpl mit bsd beach falls springs heights creek ridge forest point harbor harbour coast peninsula desert canyon peak range plains basin gulf strait channel straits cannot unicode base key latin script block encoding time zone standard code daylight greenwich atlantic pacific antarctica arctic'

/** Given names that are places, products or other things as often: they want a family name that is known, or a title. */
export const ambiguousNames =
  'darwin elif alexandria austin berlin brooklyn carolina china cordoba dakota dallas denver devon florida georgia houston india ireland israel kent lincoln london madison memphis milan milton orlando paris philadelphia phoenix preston regina rio rome san santiago savannah sydney tyrol victoria vienna virginia washington york lima malta cuba kenya siena troy los santos salvador jasmine jasmin jenkins pascal jade ruby pearl crystal amber kafka maven hudson chai mocha ivy elm iris ginger gin echo django flora aurora electra apollo ajax jekyll otis virgo max min sage sol luna nova sky terra vera visa ping gang lan bin bo na jun long hung nam sun dung yang lei tao hao yi wei hui jing lin ming hong ting xin an ama awa ani nana gal noa uri siv gun roar even odd ole tor can cem don sultan ante ion rein ina per pan les sana sora rin mark will grant chase drew cliff dale rod rich rusty mallory art earl prince king woody hope joy grace faith charity angel angels melody harmony destiny trinity genesis summer autumn april may june august dawn rose violet holly hazel basil pepper reed glen heath forest forrest rock stone sterling silver goldie rex ace buddy major miles lane wade ward page pages penny nickel mason hunter carter cooper baker clay cole ash ty tad del dell roman german norman saxon english scott welsh vida juliet quebec sierra delta tango papa november martini magnolia donna shah khan ram raj hari om hare krishna ganesh lakshmi sita dev jesus mohammed ezekiel judah solomon barry curry merlin excalibur mona eden avalon chance justice mine elasticsearch bash vim ari mac jan ron ira ida una ola marvin turing pepe dali tesla leopard'

/** Behind a number and words: a street of English. */
export const streetsBehind =
  'street st avenue ave road rd boulevard blvd lane ln drive dr court ct place pl square sq terrace highway hwy parkway pkwy crescent cres alley circle close grove mews row trail way walk route plaza esplanade quay wharf turnpike expressway loop gardens vista knoll rise'

/** Before the name of a street: of French, Spanish, Italian, Portuguese, Polish and others. */
export const streetsBefore =
  'rue avenue boulevard chemin impasse allee quai cours route calle avenida carrer paseo plaza camino carretera ronda travesia via viale piazza corso vicolo largo strada rua travessa praca alameda estrada ulica ul aleja al plac ulice trg ulitsa strada bulevardul str stradela soseaua odos leoforos trg cesta'

/** Streets that are one word with their name end so, and other words do not. */
export const streetEndings =
  'strasse straße gasse allee straat laan plein gracht dreef steenweg gatan vagen vägen veien vegen stigen gränden utca katu'

/** Other words end so as well: only a number that follows makes a street of them. */
export const vagueStreetEndings =
  'str weg platz damm ufer steig kade väg gata grand gränd vej gade vang gate allé tie polku kuja stræde stien torg plads plaats lei baan dijk singel hof vegur gotu'

/** Of a house: a number follows. */
export const units =
  'apt apartment suite ste unit floor flat room building bldg no box appartement etage stock wohnung top piso apto scala interno int lokal lok m byt sprat'

export const countries =
  'afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain bangladesh barbados belarus belgium belgien belgie belgique belize benin bermuda bhutan bolivia bosnia botswana brazil brasil brunei bulgaria burkina burundi cambodia cameroon canada chad chile china colombia comoros congo croatia hrvatska cuba cyprus czechia denmark danmark deutschland djibouti dominica ecuador egypt eritrea espana spain estonia eesti ethiopia fiji finland suomi france gabon gambia georgia germany ghana greece greenland grenada guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy italia jamaica japan jordan kazakhstan kenya kiribati korea kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg macao macedonia madagascar malawi malaysia maldives mali malta mauritania mauritius mexico micronesia moldova monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal netherlands nederland nicaragua niger nigeria norway norge oman pakistan palau palestine panama paraguay peru philippines poland polska portugal qatar romania russia rwanda samoa senegal serbia seychelles singapore slovakia slovensko slovenia slovenija somalia sudan suriname swaziland sweden sverige switzerland schweiz suisse svizzera syria taiwan tajikistan tanzania thailand togo tonga tunisia turkey turkmenistan tuvalu uganda ukraine uruguay usa uk uzbekistan vanuatu venezuela vietnam yemen zambia zimbabwe aruba gibraltar guadeloupe guam martinique mayotte reunion jersey guernsey cocos'

/** Mark a company or a body: what stands before or behind them is its own, not a person's. */
export const companies =
  'inc incorporated ltd limited llc llp plc gmbh ag corp corporation company co bv nv srl spa sarl sas ab oy aps foundation society association university institute college committee council department ministry agency office bank trust commons consortium headquarters museum library hospital hotel'
