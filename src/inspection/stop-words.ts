/** Words without which hardly a sentence of a language does, where few of its neighbours share them. */
export const stopWords: Readonly<Record<string, string>> = {
  English: 'the and of to is in that it was for with this you are but have not be they from a',
  German: 'der die und das ist nicht ich ein eine zu mit sich auf es den auch aber wie für wir',
  French: 'le les et des est une pas que dans pour qui je vous il sur ce ne avec c’est mais du',
  Spanish: 'el los y las es una que por para con no lo está muy pero del se como más un',
  Portuguese: 'o os e as é uma não que por para com do da em um muito mas mais foi eu',
  Italian: 'il gli e è una che non per di con del della sono ma molto questo anche si un le',
  Dutch: 'de het en een is niet van ik dat op te zijn met voor maar ook er we naar wat',
  Swedish: 'och det att är en inte som jag på för med av den har ett men till vi så var',
  Danish: 'og det at er en ikke som jeg på for med af den har et men til vi så var',
  Norwegian: 'og det å er en ikke som jeg på for med av den har et men til vi så var',
  Finnish: 'ja on ei se että oli mutta kun en hän niin ovat myös tai olen minä ole kuin joka sen',
  Polish: 'i w nie się na to jest z do że jak ale o co po tak za był dla od',
  Czech: 'a se je na to že v jsem ale si s tak do byl jako by pro jsou po za',
  Romanian: 'și în nu de este o să cu pe la un care mai din ce dar pentru am fost sunt',
  Hungarian: 'a az és nem hogy is egy ez de meg csak volt van már mint vagy még ha azt el',
  Turkish: 've bir bu da çok için de ne ama o daha ben gibi var mi kadar değil olarak en ile',
  Indonesian:
    'yang dan di ini itu tidak dengan untuk saya dari ke ada adalah akan juga bisa sudah kami karena pada',
  Vietnamese: 'và là của không có cho được một người này các trong với đã tôi những thì rất nhưng cũng',
};
