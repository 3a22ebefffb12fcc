"""The default texts of the first release: the hashes of papers signed then cover them."""

TERMS_INTAKE = """\
Orçamento: antes do serviço você recebe o orçamento, com mão de obra e materiais separados, válido \
por 10 dias, salvo outro prazo nele escrito. Aprovado, obriga as duas partes; mudança de preço, \
prazo ou serviço pede nova aprovação (CDC, art. 40).
Peças: novas e originais; outras, só com sua autorização (CDC, art. 21). As trocadas são suas.
Prazo: é o combinado na frente. Se algo o ameaçar, avisamos e combinamos outro com você.
Garantia: 90 dias, no mínimo, sobre o serviço e as peças colocadas, contados da entrega (CDC, \
art. 26).
**A garantia não cobre defeito causado por nova queda, líquido, uso em desacordo com o manual ou \
abertura por terceiros depois da entrega.**
**Se recusar o orçamento ou não houver conserto, paga apenas a taxa escrita na frente, se houver.**
Dados: se puder, faça cópia antes de deixar o aparelho. Mexemos só no que o reparo pede e só \
apagamos dados com sua autorização.
Retirada: com esta via ou documento seu, por você ou por quem autorizar, em até 30 dias do aviso \
de pronto. Passado esse prazo, avisamos de novo; o equipamento continua seu.
Seus dados pessoais servem ao serviço, a estes documentos e ao que a lei exige; peça acesso ou \
correção pelos contatos da frente."""

TERMS_DELIVERY = """\
O que cobre: o serviço feito e as peças colocadas, descritos na frente. O conserto em garantia não \
tem custo de mão de obra nem de peças.
Por quanto tempo: pelos prazos e datas da frente, contados da entrega. A garantia dada pela \
assistência soma-se à garantia legal de 90 dias (CDC, arts. 26 e 50). Em defeito oculto, o prazo \
legal conta de quando ele aparece.
Como e onde usar: traga o equipamento e este termo à assistência, no endereço da frente, ou fale \
conosco por um dos contatos. Registramos a reclamação na hora, em nova ordem de serviço, e o prazo \
para reclamar não corre até a nossa resposta.
Se o serviço não resolver, você escolhe: fazê-lo de novo sem custo, o dinheiro de volta ou o \
abatimento do preço (CDC, art. 20).
**A sua parte: usar o equipamento conforme o manual e trazê-lo a nós, sem abri-lo, se o defeito \
voltar.**
**Não cobre defeito causado por nova queda, líquido, uso em desacordo com o manual ou abertura por \
terceiros depois da entrega.**"""
