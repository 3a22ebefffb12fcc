"""The texts a new shop starts with; each shop may change them.

Lines between ``**`` are printed in bold: the clauses that limit what the customer may claim
(CDC art. 54 § 4). No clause takes the customer's property, frees the shop of all liability or
keeps the equipment until it is paid for: those are void (CDC art. 51; STJ, REsp 1.628.385).
They are short enough for 12 pt on half a page, and speak of "este documento": on a roll there is no
front or back.
"""

TERMS_INTAKE = """\
Orçamento: antes do serviço você recebe o orçamento, com mão de obra e materiais separados, válido \
por 10 dias, salvo outro prazo nele escrito. Aprovado, obriga as duas partes; mudança de preço, \
prazo ou serviço pede nova aprovação (CDC, art. 40).
Peças: novas e originais; outras, só com sua autorização (CDC, art. 21). As trocadas são suas.
Prazo: é o escrito neste documento. Se algo o ameaçar, avisamos e combinamos outro com você.
Garantia: 90 dias, no mínimo, sobre o serviço e as peças colocadas, contados da entrega (CDC, \
art. 26).
**A garantia não cobre defeito causado por nova queda, líquido, uso em desacordo com o manual ou \
abertura por terceiros depois da entrega.**
**Se recusar o orçamento ou não houver conserto, paga apenas a taxa escrita neste documento, se \
houver.**
Dados: se puder, faça cópia antes de deixar o aparelho. Mexemos só no que o reparo pede e só \
apagamos dados com sua autorização. A senha, se for pedida, serve só ao reparo e ao teste e é \
apagada depois da entrega; as fotos mostram o estado do aparelho.
Retirada: com esta via ou documento seu, por você ou por quem autorizar, em até 30 dias do aviso \
de pronto. Passado esse prazo, avisamos de novo; o equipamento continua seu.
A assistência responde pelos seus dados pessoais: usa-os no serviço, nestes documentos e no que a \
lei exige, e os guarda por até 5 anos (LGPD); peça acesso ou correção pelos contatos deste \
documento."""

TERMS_DELIVERY = """\
O que cobre: o serviço feito e as peças colocadas, descritos neste termo. O conserto em garantia \
não tem custo de mão de obra nem de peças.
Por quanto tempo: pelos prazos e datas deste termo, contados da entrega. Neles, 90 dias \
são a garantia legal (CDC, art. 26); o que a assistência dá além deles soma-se a ela (art. 50). Em \
defeito oculto, o prazo legal conta de quando ele aparece.
Como e onde usar: traga o equipamento e este termo à assistência, no endereço escrito nele, ou \
fale conosco por um dos contatos. Registramos a reclamação na hora, em nova ordem de serviço, e o \
prazo para reclamar não corre até a nossa resposta.
Se o serviço não resolver, você escolhe: fazê-lo de novo sem custo, o dinheiro de volta ou o \
abatimento do preço (CDC, art. 20).
**A sua parte: usar o equipamento conforme o manual e trazê-lo a nós, sem abri-lo, se o defeito \
voltar.**
**Não cobre defeito causado por nova queda, líquido, uso em desacordo com o manual ou abertura por \
terceiros depois da entrega.**"""

TERMS_QUOTE = """\
Este orçamento vale até {validade}, contados os dias de quando você o recebe. Aprovado, obriga as \
duas partes e só muda por acordo entre elas (CDC, art. 40).
O preço é o deste orçamento, com mão de obra e materiais separados. Serviço de terceiros que não \
esteja escrito nele não é cobrado de você. Defeito que só apareça durante o serviço é avisado \
antes e pede nova aprovação.
Peças: a condição de cada uma está na sua linha. Usada, recondicionada ou não original, só com a \
sua autorização, marcada neste documento (CDC, art. 21). As peças trocadas são suas.
Garantia: 90 dias, no mínimo, sobre o serviço e as peças colocadas, contados da entrega (CDC, \
art. 26).
Prazo: é o deste orçamento. Se algo o ameaçar, avisamos e combinamos outro com você.
**Se recusar, paga apenas a taxa combinada na entrada, se houver, e retira o equipamento.**
Se aprovar fora da loja (telefone, mensagem, visita), pode desistir em 7 dias (CDC, art. 49)."""

TERMS_UNSERVICED = """\
O equipamento volta a você sem o serviço, pelo motivo escrito neste termo, com os acessórios e no \
estado nele descritos. Confira antes de assinar; se faltar ou estiver diferente, escreva isso \
aqui.
**É devida apenas a taxa combinada na entrada, se houver.**
Se ela ficar para depois, a data de pagar está neste termo. O que foi pago além dela é devolvido.
A assinatura confirma a retirada e não tira de você nenhum direito. Se notar algo depois, fale \
conosco pelos contatos deste termo."""

TERMS_NOTICE = """\
Pedimos que retire o equipamento em até {prazo_retirada} dias do recebimento deste aviso, com a \
via da ordem de serviço ou documento seu. Outra pessoa pode retirar com a sua autorização escrita.
Se não puder vir nesse prazo, fale conosco: combinamos outra data ou a entrega.
O valor em aberto, se houver, pode ser pago na retirada ou em data combinada.
O equipamento continua seu e fica guardado. Taxa de guarda, só se tiver sido combinada na entrada. \
Passado o prazo sem resposta, avisaremos de novo e poderemos pedir à Justiça que o receba em \
depósito, em seu nome (Código Civil, art. 635)."""

TERMS_COLLECTION = """\
Consta em aberto o valor de {saldo} da ordem de serviço nº {numero} ({equipamento}), com \
vencimento em {vencimento}.
Se já pagou, desconsidere esta carta e, se puder, mande o comprovante. Se o valor não confere, \
avise: corrigimos, e o que você tiver pago a mais é devolvido em dobro, salvo engano \
justificável (CDC, art. 42).
Para pagar ou combinar parcelas, fale conosco pelos contatos acima. Esta carta é só para você."""

MESSAGE_QUOTE = """\
Olá, {cliente}! Aqui é da {loja}. O orçamento da OS {numero} ({equipamento}) ficou em {total}, com \
previsão para {prometida}, e vale até {validade}. Podemos fazer o serviço? Responda por aqui."""

MESSAGE_READY = """\
Olá, {cliente}! Aqui é da {loja}. {equipamento}, da OS {numero}, está à sua espera para retirada. \
Saldo: {saldo}. Traga a via da OS ou um documento, em até {prazo_retirada} dias."""

MESSAGE_NOTICE = """\
Olá, {cliente}. Aqui é da {loja}. {equipamento}, da OS {numero}, espera a sua retirada desde \
{desde}. Quando pode vir? Se precisar de outra data ou de entrega, responda por aqui."""

TEXTS: dict[str, str] = {
    "terms_intake": TERMS_INTAKE,
    "terms_delivery": TERMS_DELIVERY,
    "terms_quote": TERMS_QUOTE,
    "terms_unserviced": TERMS_UNSERVICED,
    "terms_notice": TERMS_NOTICE,
    "terms_collection": TERMS_COLLECTION,
    "message_quote": MESSAGE_QUOTE,
    "message_ready": MESSAGE_READY,
    "message_notice": MESSAGE_NOTICE,
}
"""The program's own text of each code: what a shop has until it writes its own. What stands in
braces is filled in for each order (``domain/fill_in.py``)."""

PAYMENT_TERMS = "À vista na retirada: dinheiro, Pix ou cartão."
