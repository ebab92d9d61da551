"""Words that say little by themselves, folded as ``fold`` leaves them, written for open answers of surveys."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["STOP_WORDS"]

_ENGLISH = """
a about above after again all also although am an and another any are around as at be because been before being below
between both but by can cannot could did do does doing done down during each either else etc even ever every few for from
further get gets getting go goes going got had has have having he her here hers him his how however i if in into is it its
itself just let like lot lots made make makes many may maybe me might mine more most much must my myself neither no none nor
not nothing now of off often on once one only or other others our ours out over own per perhaps please quite rather really
same see she should since so some something sometimes still such than that the their theirs them themselves then there these
they thing things this those though through to too toward towards under until up upon us use used using very was way we well were
what when where whether which while who whom whose why will with within without would yes yet you your yours don doesn didn
isn aren wasn weren won ve ll re im dont think thought
"""
_SERBIAN = """
a ako ali baš bar bez bi bih bila bile bili bilo bio biti bismo biste će ćemo ćete ćeš ću da dakle do dok dosta evo ga gde gdje
god hoće i iako iako ih ili im ima imaju imala imali imalo imam imamo imao imate iz između ja je jedan jedna jedno jedni jer jesam
jesmo jesu jeste još ju k ka kad kada kako kao kod koja koje kojeg kojem koji kojih kojim kojima kojoj koju kroz li malo me među
mene mi mimo mislim mnogo moći mogao mogla mogli mogu možda može možemo možete možeš mora moraju moramo moj moja moje moji
na nad naći nakon nam nama naš naša naše naši nas ne neka neke neki neko nekog nekoliko nema nemaju nemam nešto ni nije nikad
nikada niko nisam nismo nisu ništa no nju njega njemu njih njihov njihova njim njima njen njegov o oba od odnosno oko on ona
onaj onda one oni ono onog opet osim ova ovaj ovako ove ovde ovdje ovi ovo ovog ovom ovu pa pak po pod pored posle poslije
preko prema pre prije pri prilikom pred puno sa sam same sami samo se sebe sebi si smo ste stvar stvari su sva svaki svako
svake sve svi svih svim svoj svoja svoje svoju ta taj tako takođe također takva takve takvi takvo te ti tim to toga toj tom tome
treba trebalo trebaju trebao tu u uopšte uvek uvijek uz uglavnom vam vas vaš već veći veoma više vi za zašto zato zbog što šta
štogod tokom u
"""
_ALBANIAN = """
a ajo ai ajo ama apo as asgjë ashtu ata ato atë atij atyre çdo çfarë deri disa do dhe duhet duke e edhe është ë fare gjatë gjithë
gjithçka gjithmonë i ishin ishte ishim isha ja jam janë jemi jeni jo juaj ka kam kanë kemi keni kë këtë këta këto kësaj këtij këtyre
ky kjo kur kush kushdo la le ma mbi më me mes mos mua mund na nga ndaj ndërmjet ndonjë nëpër në nëse ne nën një njëri o para pas
pasi për përsa po por prej pra pse që qe qenë s sa sepse se si sipas siç sikur sonte së shumë ta tani te tek ti tij tyre tjetër
tjera të u unë vetë vetëm vet vend ju jush ne neve nuk pak pasur pati patën kishte kishin kisha jep mendoj kështu këtu atje aty
"""
_ROMANIAN = """
a abia acea această aceasta acest aceste acesta acestea aceștia acolo acum ai aici al ale alt alta alte am ar are as asta astfel
atât au avea avem aveți aș că cam când care ce cea cei cel cele cine cu cum că da dacă dar de deci deja deși din dintre doar după e
ea ei el ele era este eu face fac fără fi fie fiind fost foarte fost iar îi îl îmi în înainte încă între întru la le li lor lui mai
mă mea mei mele meu mult multe mulți ne nici niște noastră noi nostru nu o ori orice pe pentru peste poate pot prea prin s sa să
sau se și sunt suntem sub tot toate toți te tu un una unde unei unele unii unor unui va vă voi vor vom
"""
_DUTCH = """
aan al alle alleen als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge geen geweest
haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen maar me meer men met mij mijn moet
moeten na naar niet niets nog nu of om omdat onder ons onze ook op over reeds te tegen toch toen tot u uit uw van vaak veel voor
want waren was wat we wel werd werden wie wij wil worden wordt zal ze zelf zeer zich zij zijn zo zonder zou zouden
"""

STOP_WORDS: Mapping[str, str] = {
    "en": _ENGLISH,
    "sr": _SERBIAN,
    "sq": _ALBANIAN,
    "ro": _ROMANIAN,
    "nl": _DUTCH,
}
"""By language, separated by spaces; South Slavic languages share one list."""
