"""The words around an identifier, in English and Spanish: folded, lower case."""

from django.utils.translation import gettext_lazy as _


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A name follows: "her cousin Nate", "foster mother Denise", "la abuela Carmen".
RELATIONS = _set(
    "mother mom mum mama momma mommy father dad daddy papa pop parent stepmother stepmom"
    " stepfather stepdad grandmother grandma granny gran nana nanny mamaw meemaw abuela abuelita"
    " grandfather grandpa gramps papaw pawpaw abuelo abuelito aunt auntie aunty tia uncle tio"
    " cousin primo prima sister brother sis bro hermana hermano hermanita hermanito son daughter"
    " hijo hija child kid nino nina baby twin twins toddler niece nephew sobrino sobrina wife"
    " husband spouse partner girlfriend boyfriend fiance fiancee esposa esposo marido novia"
    " novio ex boy girl teen friend neighbor neighbour vecina vecino amiga amigo roommate"
    " godmother godfather madrina padrino madre padre senora senor bisabuela bisabuelo youth"
    " client clienta cliente joven muchacho muchacha caregiver guardian madrastra padrastro"
    " suegra suegro cunada cunado family"
)
ROLES = _set(
    "therapist counselor counsellor teacher principal coach pastor minister imam rabbi priest"
    " sponsor caseworker worker social attorney lawyer judge nurse doctor psychiatrist"
    " psychologist pediatrician mentor tutor officer deputy sheriff detective landlord"
    " babysitter facilitator supervisor interpreter advocate aide paraprofessional paramedic"
    " boss manager juez jueza trabajadora trabajador maestra maestro consejera consejero"
    " terapeuta enfermera doctora abogada abogado supervisora companera companero pastora named"
    " called llamada llamado"
)
TITLES = _set(
    "mr mrs ms miss mx dr prof rev reverend sr sra srta don dona senora senor senorita fr hon"
    " officer judge pastor deputy sgt sergeant lt detective sister brother father coach nurse"
    " principal profesor profesora maestra maestro doctor doctora juez jueza licenciada"
    " licenciado padre hermana hermano aunt uncle auntie tia tio cousin grandma grandpa granny"
    " nana papaw mamaw abuela abuelo stepdad stepmom nanny"
)
NICKNAMES = _set(
    "lupe lupita chuy nacho pepe memo beto tono tito paco pancho chelo concha chayo maru nena"
    " kike quique toya lalo chema chucho bea jo"
)
# Names that are words as often, at the head of a sentence or in a Spanish one.
ALSO_WORDS = _set(
    "el ella ellos ellas usted ustedes familia luz esperanza dolores paz sol cruz consuelo"
    " soledad socorro milagros remedios refugio mercedes angel angeles santos domingo reyes fe"
    " gloria victoria rey"
)
CALENDAR = _set(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday enero febrero marzo abril mayo"
    " junio julio agosto septiembre setiembre octubre noviembre diciembre lunes martes miercoles"
    " jueves viernes sabado domingo jan feb mar apr jun jul aug sep sept oct nov dec mon tue"
    " tues wed thu thur thurs fri sat sun easter christmas thanksgiving halloween juneteenth"
    " ramadan eid hanukkah kwanzaa navidad pascua"
)
MONTHS_AND_NAMES = _set("april may june august julio domingo")
STATES = _set(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia"
    " hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts"
    " michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey mexico"
    " york carolina dakota ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont"
    " virginia washington wisconsin wyoming"
)
# Capitals that name nobody: languages, peoples, countries, the field's own words, brands.
PLAIN = (
    STATES
    | CALENDAR
    | _set(
        "english spanish french german arabic somali vietnamese mandarin chinese korean russian"
        " ukrainian hmong nepali american americans african black white latino latina latinx"
        " hispanic asian native indian indigenous european mexican puerto rican haitian navajo"
        " lakota cherokee ojibwe christian catholic muslim jewish baptist lutheran methodist"
        " america"
        " usa mexico canada guatemala honduras haiti somalia vietnam china india syria ukraine"
        " russia europe africa asia afghanistan iraq wraparound miiwrap medicaid medicare zoom"
        " google facebook instagram tiktok snapchat youtube netflix whatsapp xbox playstation"
        " fortnite roblox minecraft uber lyft iphone android excel powerpoint microsoft teams"
        " outlook covid narcan suboxone ritalin adderall zoloft prozac zyprexa abilify lexapro"
        " strattera concerta gibbs rolfe driscoll trellis miti ecomap genogram bible god marine"
        " marines army navy jesus lord christ allah internet wifi ok okay i i'm i'd i'll i've mi im"
        " ive dont"
    )
)
# What someone does who has a name: "Grace said", "Will asked".
ACTS = _set(
    "said says told tells asked asks came comes left leaves called calls laughed laughs cried"
    " cries wants wanted thinks thought felt feels looked looks smiled smiles talked talks"
    " texted texts drew rated rates walked sat stood gave gives took takes went goes ran runs"
    " got gets brought brings has had was is wrote writes agreed agrees refused refuses answered"
    " answers showed shows nodded shrugged whispered yelled screamed apologized cancelled"
    " canceled likes loves hates needs knows knew lives lived stayed stays works worked helped"
    " helps started starts stopped hugged moved turned made makes chose chooses led leads let"
    " lets spoke speaks explained wondered admitted noticed shared shares decided loved hated"
    " needed liked tried tries did does doesn't didn't won't can't couldn't wouldn't isn't"
    " wasn't hasn't keeps kept heard punched dijo dice quiere quiso vino viene llego llega pidio"
    " pide lloro llora hablo habla pregunto pregunta fue es esta estaba tiene tenia trajo trae"
    " sabe trabaja vive llamo llama no se me nos cuida estudia"
)
# Of those, what is said of things too: not enough for "Summer is hard", "Art was the way in".
ACTS_OF_THINGS = _set(
    "is was has had came comes helped helps looks looked feels felt takes took goes went gets"
    " got makes made works worked needs started starts stopped turned moved brought brings runs"
    " ran broke leads led lets let keeps kept shows showed doesn't didn't won't can't couldn't"
    " wouldn't isn't wasn't hasn't does did matters es fue esta estaba tiene tenia no se me nos"
    " viene vino"
)
# Before a name that has no capital: "met w/ denise".
TO_SOMEONE = _set("with w to told asked saw called met visited for and con a de y")
# What follows is a thing, if it can be one: "the May meeting", "a Grant".
DETERMINERS = _set("the a an this that these our your each every some any no un una el la los las")
# A month or a day follows: "in May", "last June".
BEFORE_A_TIME = _set(
    "in on since until till by last next this every each early late mid of from before after"
    " during through and to between around for en desde hasta de el cada este proximo pasado"
    " todo"
)
# Kinds of place that a name stands before: "Lincoln Elementary", "Griggs Park".
PLACES_AFTER = _set(
    "school elementary middle high primary kindergarten preschool academy college university"
    " church chapel temple mosque synagogue cathedral parish ministries hospital clinic park"
    " mall county center centre home house shelter apartments manor village estates plaza"
    " library station mission reservation pueblo township heights hills creek lake river beach"
    " court courthouse farm ranch market diner grill pizza auto plant warehouse stadium arena"
    " pool gym hall prison jail headstart daycare ymca"
)
# What may stand with them and names none: "the Juvenile Court", "Community Center".
GENERIC = _set(
    "special the a an our their his her my this that family community resource group foster"
    " middle high elementary primary secondary junior senior public private charter local state"
    " county city juvenile children's childrens child mental health behavioral care day head"
    " medical treatment recovery youth adult nursing emergency crisis residential district old"
    " new big first last safe house home school church at in to from for and or on with of near"
    " no not is was general regional national university drop-in welcome women's men's teen food"
    " mobile trailer american every each another family's united trade shopping summer winter"
    " christian catholic baptist methodist lutheran black white una un la el los las su mi"
    " nuestra"
)
# A name follows them: "Escuela Primaria Benito Juárez".
PLACES_BEFORE = _set(
    "escuela primaria secundaria preparatoria prepa colegio iglesia parroquia templo hospital"
    " clinica parque calle avenida colonia barrio condado universidad residencial apartamentos"
    " centro plaza kinder jardin camp fort lake mount"
)
JOINTS = _set("de del la las los san santa santo st y of the")
STREETS = _set(
    "street st avenue ave road rd drive dr lane ln court ct boulevard blvd place pl way circle"
    " cir terrace ter parkway pkwy pike alley trail trl highway hwy square loop run crossing row"
)
SIDES = _set("n s e w north south east west ne nw se sw")
ROUTES = _set("route highway hwy interstate us sr ruta carretera")
# A place follows, without a kind: "in Chillicothe", "lives near Toledo", "en Laredo".
INTO_A_PLACE = _set("in near outside en cerca past around")
TO_A_PLACE = _set("from to at of leaving desde de a through toward towards into")
# Where somebody works or buys: "at Kroger".
AT_A_BUSINESS = _set("at en")
# What to say of a place instead of its name.
KINDS_OF_PLACE = (
    (
        _set("school elementary middle high primary academy preschool escuela primaria secundaria")
        | _set("preparatoria prepa colegio kindergarten"),
        _("a school"),
    ),
    (
        _set("church chapel temple mosque synagogue cathedral iglesia parroquia templo"),
        _("a place of worship"),
    ),
    (_set("hospital clinic clinica"), _("a hospital")),
    (_set("college university universidad"), _("a college")),
    (_set("county condado"), _("a county")),
    (_set("park mall parque library pool gym"), _("a place in town")),
    (_set("calle avenida colonia"), _("[address]")),
)
