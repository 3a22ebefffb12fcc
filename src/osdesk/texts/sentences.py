"""What an error says: what happened and what to do, in one sentence by its code."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # what was typed
    "required": "Preencha: {field}.",
    "required_fields": "Preencha: {fields}.",
    "bad_money": "“{value}” não é um valor em reais. Escreva, por exemplo, 1.234,56.",
    "amount_too_big": "O valor passa de R$ 99.999.999,99. Confira o que foi digitado.",
    "negative": "O valor de {field} não pode ser negativo. Digite zero ou mais.",
    "bad_percent": "“{value}” não é um desconto. Escreva um valor, ou de 0% a 100%.",
    "bad_quantity": "Quantidade inválida. Digite um número maior que zero, por exemplo 1 ou 1,5.",
    "bad_amount": "O valor deve ser maior que zero. Digite quanto foi pago ou devolvido.",
    "bad_document": "“{value}” não é um CPF ou CNPJ válido. Confira os dígitos ou deixe em branco.",
    "bad_date": "“{value}” não é uma data. Escreva, por exemplo, 24/11/2026.",
    "bad_time": "“{value}” não é uma hora. Escreva, por exemplo, 18:00.",
    "bad_month": "“{value}” não é um mês. Escreva ano e mês, por exemplo 2026-11.",
    "period_backwards": "O período termina antes de começar. Confira as datas.",
    "period_too_long": "O período passa de vinte anos. Escolha datas mais próximas.",
    "month_not_ended": "O mês ainda não terminou. Feche-o a partir do dia 1º do mês seguinte.",
    "month_is_closed": "O mês já está fechado. Para mudar, reabra-o.",
    "month_out_of_turn": "Os meses são fechados um após o outro. O próximo a fechar é {month}.",
    "in_closed_month": (
        "O mês de {month} já está fechado: esse valor aparece como ajuste em {told_in}."
    ),
    "month_not_closed": "O mês não está fechado: não há o que reabrir.",
    "month_before_closed": "Há um mês posterior fechado. Reabra antes {month}.",
    "bad_moment": "“{value}” não é data e hora com fuso. Exemplo: 2026-11-24T14:32:00-03:00.",
    "bad_zone": "O fuso horário “{value}” não existe. Escolha um da lista.",
    "bad_number": "“{value}” não é um número inteiro. Digite só algarismos.",
    "bad_days": "Em {field}, digite um número de dias de {least} a {most}.",
    "bad_ddd": "O DDD tem dois dígitos, por exemplo 11.",
    "paper_not_in_format": "“{paper}” não sai em {format}. Escolha um destes formatos: {formats}.",
    "bad_pix_key": (
        "“{value}” não é uma chave Pix. Digite CPF, CNPJ, celular com DDD, e-mail ou a chave"
        " aleatória, como no seu banco."
    ),
    "bad_pix_reference": "“{value}” não serve de identificador do Pix: use letras e números.",
    "pix_incomplete": "Falta {field} para o código Pix. Preencha nas configurações da loja.",
    "bad_rate": "Em {field}, digite uma porcentagem de 0 a {most}.",
    "stage_unknown": (
        "Não há etapa “{value}” para “{status}”. Escolha outra ou cadastre-a nas configurações."
    ),
    "stage_in_use": (
        "Há ordens na etapa “{value}”: a situação dela fica como está. Crie outra etapa."
    ),
    "bad_choice": "“{value}” não é uma opção de {field}. Escolha uma das opções.",
    "bad_character": "Há um caractere que não se pode gravar em {field}. Apague-o e tente de novo.",
    "too_long": "O texto de {field} passa de {limit} letras. Encurte-o.",
    "too_many_items": "São mais de {limit} linhas. Divida em duas ordens de serviço.",
    "too_many_phones": "São mais de {limit} telefones. Deixe só os que estão em uso.",
    "discount_too_big": "O desconto é maior que os {lines} em que ele incide. Diminua o desconto.",
    "name_taken": "“{value}” já existe na lista. Use outro nome.",
    "document_taken": "Este CPF ou CNPJ já é de {name}. Escolha esse cliente ou confira o número.",
    "number_goes_back": "O próximo número de OS só pode aumentar: digite {next} ou mais.",
    "date_in_past": "A data em {field} já passou. Digite uma data a partir de hoje.",
    "time_without_date": "Há hora prometida sem data. Informe o dia, ou apague a hora.",
    "quote_of_nothing": "O orçamento soma R$ 0,00. Inclua os preços antes de enviá-lo ao cliente.",
    "not_collected": (
        "A OS está em “{status}”: ninguém retirou o aparelho. Quem retira é informado na entrega."
    ),
    "asked_again": "Mudou o que estava combinado ({names}): o cliente precisa aprovar de novo.",
    "date_in_future": "A data em {field} ainda não chegou. Digite a de hoje ou uma anterior.",
    # what is brought in from another system
    "import_format": (
        "“{path}” não é um arquivo que se possa trazer. Salve-o como CSV ou como planilha .xlsx."
    ),
    "import_broken": (
        "O arquivo está danificado ou não é o que o nome diz (linha {line}). Gere-o de novo."
    ),
    "import_too_big": "A planilha “{path}” é grande demais. Salve-a como CSV.",
    "import_empty": "O arquivo não tem nenhuma linha.",
    "import_no_columns": (
        "Nenhuma coluna foi reconhecida como {field}. As colunas são: {value}. Diga qual é."
    ),
    "import_column": "“{value}” não é uma coluna e um campo. Escreva, por exemplo, Fone=telefone.",
    "dump_broken": (
        "O dump está cortado ou não é de MySQL/MariaDB (perto de “{value}”). Gere-o de novo."
    ),
    "dump_no_columns": (
        "O dump não diz as colunas da tabela “{value}”. Gere-o com a estrutura das tabelas."
    ),
    "dump_no_mapos": "“{path}” não tem as tabelas do MAP-OS 4 (clientes, os).",
    "import_document_kept": (
        "“{value}” não é um CPF ou CNPJ válido: ficou nas observações do cliente."
    ),
    "import_word": "“{value}” não é conhecido em {field}. Troque pela palavra usada no programa.",
    "import_assumed": "O arquivo não diz, e foi suposto: {names}.",
    "import_file_missing": "O arquivo “{value}” da OS não está na pasta “files”; não foi trazido.",
    "import_not_found": "Não há lote {batch}. Veja os lotes em Configurações, Trazer dados.",
    "import_undone_already": "O lote {batch} já foi desfeito em {day}.",
    "import_in_use": (
        "O lote {batch} não pode ser desfeito: já foi usado nas ordens {numbers}. Corrija-as uma a"
        " uma, ou restaure o backup feito antes da importação."
    ),
    "import_customers_in_use": (
        "O lote {batch} não pode ser desfeito: clientes dele já foram alterados ({value}). Restaure"
        " o backup feito antes da importação, se for preciso."
    ),
    "import_month_closed": (
        "O lote {batch} não pode ser desfeito: um mês foi fechado depois dele. Reabra o mês antes."
    ),
    "number_taken": "O número {number} já é de outra OS, de {name}.",
    "amounts_differ": "Os valores não fecham em {field}: {amount} no arquivo, {balance} na conta.",
    "return_unknown": "A OS {number}, de que seria retorno em garantia, não está na loja.",
    "receipt_renumbered": "O recibo {value} já existe na loja: recebeu outro número.",
    # warnings: kept, and told
    "odd_phone": "O telefone {value} parece incompleto. Foi guardado como digitado; confira.",
    "ddd_added": "O telefone ficou com o DDD da loja: {value}.",
    "customer_as_stored": (
        "O cliente já estava no cadastro e ficou como estava; não foi gravado: {names}."
    ),
    "odd_imei": "{value} não confere como IMEI. Foi guardado como digitado; confira na etiqueta.",
    "slot_taken": (
        "A OS {by} está na prateleira {value}. As duas ficam lá até que uma saia; confira."
    ),
    # at intake
    "draft_gone": "Este rascunho não existe mais: já foi salvo ou descartado.",
    "code_empty": "Digite a senha do aparelho, ou escolha “Cliente não informou”.",
    "bad_pin": "O PIN tem só algarismos, no máximo {most}. Para letras, escolha “Senha”.",
    "bad_pattern": (
        "O desenho liga de 2 a 9 pontos, cada um uma vez. Digite a ordem deles, por exemplo 1258."
    ),
    "code_not_kept": "A OS {number} não tem senha guardada. Pergunte ao cliente.",
    "code_key_missing": (
        "A chave das senhas não está nesta pasta (ela não vai nos backups), e a senha guardada não "
        "pode ser lida. Pergunte de novo ao cliente e guarde outra vez."
    ),
    "code_key_damaged": (
        "A chave das senhas ({path}) está danificada. Guarde esse arquivo com outro nome; uma "
        "chave nova é feita ao guardar a próxima senha."
    ),
    "code_unreadable": (
        "Esta senha foi guardada com outra chave e não pode ser lida. Pergunte de novo ao cliente."
    ),
    "too_many_questions": "São mais de {limit} perguntas. Deixe só as que o balcão faz.",
    "synonyms_few": "Escreva pelo menos duas palavras, separadas por vírgula.",
    "question_twice": "A pergunta “{value}” aparece duas vezes. Deixe uma.",
    # orders
    "order_not_found": "Não existe a OS {number}. Confira o número.",
    "customer_has_open_orders": (
        "O cliente tem OS em aberto ({numbers}). Entregue, devolva ou cancele antes de apagar os "
        "dados."
    ),
    "customer_owes": (
        "Há valor a receber ou a devolver na OS {numbers}. Acerte antes de apagar os dados do "
        "cliente."
    ),
    "customer_under_warranty": (
        "A garantia da OS {numbers} ainda corre: sem os dados, o cliente não poderia usá-la. "
        "Apague quando ela terminar."
    ),
    "customer_anonymised": "Os dados deste cliente já foram apagados.",
    "customer_merged": "Este cadastro foi unido ao de {name} (código {id}). Use aquele.",
    "key_unknown": ("{value} não serve. Use uma tecla F2 a F12, ou uma letra com Ctrl ou Alt."),
    "key_needed": "{value} já tem uso nos campos e nas listas. Escolha outra.",
    "key_taken": "{value} já é de “{name}”. Mude aquela antes, ou escolha outra.",
    "merge_itself": "São o mesmo cadastro. Escolha dois diferentes.",
    "not_merged": "O cadastro {id} não foi unido a outro.",
    "merge_not_last": (
        "Depois desta união veio a de {name} (código {id}). Desfaça aquela primeiro."
    ),
    "customer_not_found": "Este cliente não existe mais. Escolha outro na lista.",
    "order_locked": (
        "A OS está em “{status}” e não deixa mudar: {field}. "
        "Volte a situação ou reabra a OS para alterar."
    ),
    "ceiling_agreed": (
        "O valor autorizado na entrada não aumenta depois da aprovação. Mude os itens: o novo "
        "orçamento volta ao cliente e registra quem aprovou."
    ),
    "step_not_allowed": "A OS {number} está em “{status}” e não pode passar para “{to}”.",
    "missing": "Falta informar: {names}.",
    "needs_approval_again": (
        "O que mudou precisa de nova aprovação do cliente. Envie antes o novo orçamento."
    ),
    "paid_not_returned": (
        "A OS {number} tem {amount} recebidos. Estorne ou devolva o dinheiro antes de cancelar."
    ),
    "credit_not_returned": (
        "O cliente pagou {amount} a mais na OS {number}. Devolva esse valor antes de entregar."
    ),
    "start_after_promise": (
        "O início previsto é depois da data prometida. Antecipe o início ou mude a promessa."
    ),
    "warranty_other_device": (
        "A OS {number} é de outro aparelho. Para atender mesmo assim sem cobrar, escreva o motivo "
        "do retorno sem garantia."
    ),
    "warranty_lines_over": (
        "Na OS {number} a garantia destes itens já acabou: {value}. Confira se o defeito é de um "
        "item ainda coberto."
    ),
    "warranty_return_priced": (
        "No retorno em garantia da OS {number} nada se cobra: deixe o preço em 0,00, ou "
        "desvincule da OS {number} para cobrar."
    ),
    "warranty_not_delivered": (
        "A OS {number} não tem entrega com garantia antes desta entrada. Confira o número."
    ),
    "warranty_over": (
        "A garantia da OS {number} terminou em {until}, antes desta entrada. Abra uma OS comum, "
        "ou escreva o motivo do retorno sem garantia."
    ),
    "warranty_of_itself": "A OS {number} não pode ser retorno em garantia dela mesma.",
    "not_reopenable": "A OS {number} está em “{status}”; só se reabre OS entregue, devolvida ou "
    "cancelada.",
    # money
    "above_balance": "O pagamento passa do saldo de {balance} da OS {number}. Diminua o valor.",
    "already_collected": (
        "A OS {number} está em “{status}” e não há o que retirar. Escolha outro tipo de aviso."
    ),
    "nothing_overdue": (
        "Este cliente não tem valor vencido de serviço pronto ou entregue. Não há o que cobrar."
    ),
    "letter_incomplete": (
        "A lei pede na carta de cobrança os dados da loja. Preencha em Configurações: {fields}."
    ),
    "no_payments": "Nenhum valor foi informado. Escreva quanto foi recebido.",
    "instalments_sum": (
        "As parcelas somam {amount} e o saldo é {balance}. Ajuste os valores para que sejam iguais."
    ),
    "instalments_amount": "A parcela {row} não tem valor. Informe um valor maior que zero.",
    "instalments_days": "A parcela {row} vence antes da anterior. Ponha as datas em ordem.",
    "instalments_count": "São parcelas demais. Use no máximo {limit}.",
    "due_or_instalments": (
        "A OS tem parcelas, cada uma com seu vencimento. Mude as parcelas, ou retire-as para usar "
        "um só vencimento."
    ),
    "nothing_due": "A OS {number} não tem saldo a receber. Confira o número da OS.",
    "payment_not_found": "A OS {number} não tem o pagamento {payment}. Confira o número.",
    "not_a_payment": "O lançamento {payment} não é um pagamento e não pode ser estornado.",
    "already_reversed": "O pagamento {payment} já foi estornado.",
    "already_refunded": (
        "O pagamento {payment} já foi devolvido ao cliente, no todo ou em parte, e não se estorna "
        "mais: a OS tem {paid} recebidos. Se ainda houver o que devolver, use a devolução."
    ),
    "before_order": (
        "A OS {number} é de {day}: um pagamento não pode ter data anterior. Confira a data."
    ),
    "below_late_fees": (
        "Os encargos de hoje são {fees}: receba pelo menos isso, ou receba sem encargos."
    ),
    "owed_again_open": (
        "A OS {number} ainda não foi entregue nem devolvida: o saldo volta a ser o que falta "
        "pagar, sem vencimento."
    ),
    "above_paid": "O valor passa dos {paid} que a OS tem recebidos. Diminua o valor.",
    # papers
    "not_delivered": "A OS {number} ainda não foi entregue. Registre a entrega antes de imprimir.",
    "not_unserviced": (
        "A OS {number} está em “{status}”. A retirada sem serviço é de orçamento recusado ou "
        "equipamento sem conserto: registre isso antes."
    ),
    "nothing_waits": (
        "A OS {number} está em “{status}” e não espera retirada. O aviso é de OS pronta, recusada "
        "ou sem conserto."
    ),
    "no_payment": "A OS {number} não tem pagamento. Registre o recebimento antes do recibo.",
    "paper_format": "Este documento não existe no formato {value}. Use a4-half ou a4.",
    "report_ending": "O nome do arquivo deve terminar em .pdf, .xlsx, .csv, .json ou .zip.",
    # files, folders and commands
    "path_unusable": (
        "O sistema não aceita o caminho {path}: é longo demais ou não é permitido. Escolha outro."
    ),
    "cannot_read": "Não foi possível ler {path}. Confira o nome do arquivo.",
    "cannot_write": "Não foi possível gravar {path}. Confira a pasta e o espaço em disco.",
    "bad_encoding": "A linha {line} não está em UTF-8. Grave o arquivo em UTF-8 e tente de novo.",
    "bad_json": "A partir da linha {line} o texto não é JSON. Confira aspas, vírgulas e chaves.",
    "bad_json_constant": "“{value}” não é aceito em JSON. Use um texto decimal com ponto.",
    "one_json": "O arquivo deve ter um único objeto JSON.",
    "repeated_key": "A chave “{key}” aparece duas vezes. Deixe só uma.",
    "unknown_key": "A chave “{key}” não existe. Confira o nome ou retire-a.",
    "required_key": "Falta a chave “{key}”.",
    "bad_json_text": "“{key}” deve ser um texto entre aspas.",
    "bad_json_money": (
        "“{key}” não aceita “{value}”. Escreva um valor de zero a 99999999.99, com ponto e até "
        "duas casas, como 180.00."
    ),
    "bad_json_quantity": (
        "“{key}” não aceita “{value}”. Escreva uma quantidade maior que zero, com ponto e até "
        "três casas, como 1.5."
    ),
    "bad_iso_date": "“{value}” não é uma data. Escreva ano, mês e dia, por exemplo 2026-11-24.",
    "bad_path": "O nome do arquivo ou da pasta está vazio ou não é válido. Confira.",
    "bad_json_number": "“{key}” deve ser um número inteiro.",
    "bad_json_object": "“{key}” deve ser um objeto JSON, entre chaves.",
    "bad_json_list": "“{key}” deve ser uma lista JSON, entre colchetes.",
    "bad_json_choice": "“{key}” não aceita “{value}”. Use: {options}.",
    "bad_option": "“{value}” não é aceito aqui. Use: {options}.",
    "bad_whole": "“{value}” não é um número inteiro maior que zero.",
    "changes_missing": (
        "Alterações que já estavam gravadas e agora faltam: {count}. Confira as últimas ordens; se "
        "o arquivo da loja foi trocado por um antigo, restaure o último backup."
    ),
    "no_shop": "Não há uma loja em {path}. Confira a pasta ou abra o programa nela para criar uma.",
    "shop_missing": (
        "Há arquivos de uma loja, mas falta {path}. Restaure um backup; nada foi alterado."
    ),
    "shop_empty": "O banco de dados {path} está vazio. Restaure um backup; nada foi alterado.",
    "shop_foreign": "{path} não é um banco de dados do osdesk. Confira a pasta; nada foi alterado.",
    "log_foreign": (
        "O arquivo {path} não é deste banco de dados, e nada foi gravado. O banco sozinho {alone}; "
        "com esse arquivo, {with_log}. Os dois estão guardados como estão, ao lado dos backups, em "
        "{kept}. Restaure o último backup; ou, para ficar com o banco sozinho, tire da pasta o "
        "arquivo que termina em -wal."
    ),
    "shop_bare": (
        "No banco de dados {path} falta o cadastro da loja ou a numeração. Restaure um backup; "
        "nada foi alterado."
    ),
    "shop_no_room": (
        "O disco está cheio e não deixa abrir a loja. Libere espaço e tente de novo; nada foi "
        "perdido."
    ),
    "shop_newer": (
        "A loja é da versão {version} e este osdesk só conhece até a {known}. Atualize o programa; "
        "nada foi alterado."
    ),
    "shop_present": (
        "A pasta {path} já tem uma loja. Escolha uma pasta vazia, ou use --replace para trocar a "
        "loja pela do backup; a de agora é guardada antes."
    ),
    "folder_not_empty": "A pasta {path} tem outros arquivos. Escolha uma pasta vazia.",
    "no_screen": (
        "Não há uma tela para abrir a janela. Abra o osdesk na área de trabalho do computador; os "
        "comandos (osdesk --help) funcionam sem tela."
    ),
    "folder_in_use": (
        "A pasta {path} está em uso por outro osdesk ({holder}). Feche-o e tente de novo."
    ),
    "folder_synced": (
        "A pasta {path} é de rede ou sincronizada e estragaria os dados. Escolha uma local."
    ),
    "folder_unsafe": (
        "O disco desta pasta não protege os dados gravados. Escolha uma pasta em outro disco."
    ),
    "needs_upgrade": (
        "A loja é de uma versão anterior. Abra o programa ou use “osdesk upgrade” para atualizá-la."
    ),
    "upgrade_failed": (
        "A atualização da loja não deu certo e foi desfeita. Restaure um backup ou peça ajuda."
    ),
    "disk_full": "O disco está cheio; nada foi gravado. Libere espaço e salve de novo.",
    "disk_error": "O disco não respondeu; nada foi gravado. Salve de novo ou troque o disco.",
    "database_busy": "Outro programa usa o banco de dados. Espere um pouco e tente de novo.",
    "database_readonly": "A pasta da loja não deixa gravar. Confira as permissões da pasta.",
    "database_damaged": "O banco de dados está danificado. Restaure o último backup.",
    "shop_read_only": (
        "O banco de dados está danificado e nada mais é gravado nele. Anote o que digitou e "
        "restaure o último backup."
    ),
    "database_replaced": (
        "O banco de dados foi trocado por outro com o programa aberto. Feche e abra de novo."
    ),
    "file_missing": "Falta um arquivo da loja ({name}). Restaure o último backup.",
    "file_damaged": "Um arquivo da loja está danificado ({name}). Restaure o último backup.",
    "orders_exist": "A pasta já tem ordens de serviço. Escolha uma pasta vazia.",
    "logo_kind": "O logotipo deve ser uma imagem PNG, JPEG ou WebP. Escolha outro arquivo.",
    "logo_too_big": "A imagem é grande demais. Use uma de até 20 MB e 16.000 pontos de lado.",
    "logo_unreadable": "Não foi possível ler a imagem. Abra-a noutro programa e salve como PNG.",
    "file_empty": "O arquivo está vazio. Digitalize ou copie-o de novo.",
    "file_too_big": "O arquivo passa de {limit} MB. Digitalize em preto e branco ou divida-o.",
    "file_not_found": "A OS {number} não tem mais esse arquivo. Confira a lista de arquivos.",
    "file_kind": "Só se abrem daqui imagens e PDF. Este arquivo fica guardado.",
    "image_heic": (
        "A foto é HEIC, do iPhone, e não pode ser guardada. No telefone, escolha Ajustes, Câmera, "
        "Formatos, Mais Compatível, ou salve a foto como JPEG."
    ),
    "image_kind": "Este tipo de arquivo não é aceito{kind}. Salve-o como JPEG, PNG ou PDF.",
    "image_too_big": "A imagem tem mais de {limit} milhões de pontos. Salve-a menor.",
    "image_unreadable": "Não foi possível ler a imagem. Abra-a noutro programa e salve como PNG.",
    "pdf_locked": "O PDF pede senha. Salve uma cópia sem senha e tente de novo.",
    "file_unsafe": (
        "O arquivo não pôde ser aberto com segurança: está danificado, ou pede tempo ou memória "
        "demais. Digitalize-o de novo, ou salve-o como PDF ou JPEG."
    ),
    "no_code": (
        "Não há código QR legível nesta folha. Digitalize de novo, ou arquive-a à mão na janela, "
        "em “Arquivar vias assinadas”."
    ),
    "code_unknown": (
        "O código não é de um documento desta loja, ou foi alterado. Confira a folha antes de "
        "arquivá-la à mão."
    ),
    "not_for_signature": (
        "“{paper}” não se assina. Arquivam-se a OS de entrada, o orçamento, o termo de entrega e a "
        "retirada sem serviço."
    ),
    "issued_not_found": "A OS {number} não tem essa versão emitida. Escolha outra da lista.",
    "no_sheets": "Não há PDF nem imagem em {path}. Escolha a pasta das digitalizações.",
    "pdf_too_long": "O PDF tem mais de {limit} páginas. Divida-o e tente de novo.",
    "pdf_unreadable": "Não foi possível ler o PDF. Digitalize de novo ou salve-o noutro programa.",
    # backups
    "backup_locked": (
        "O backup {path} tem senha. Digite a que está na folha de recuperação; nada foi restaurado."
    ),
    "backup_password_wrong": (
        "A senha não abre o backup {path}. Confira na folha de recuperação da época em que ele foi "
        "feito; nada foi restaurado."
    ),
    "password_not_that": "Não é o código da folha. Confira letra por letra e digite de novo.",
    "no_backup": "Ainda não há backup para ensaiar. Faça um primeiro.",
    "drill_differs": (
        "O que voltou do backup não é o que a loja tinha naquele momento. Faça um backup novo e "
        "ensaie de novo."
    ),
    "backup_foreign": "{path} não é um backup do osdesk. Escolha um arquivo osdesk-….zip.",
    "backup_damaged": "O backup {path} está danificado e nada foi restaurado. Use outro backup.",
    "backup_refused": (
        "{path} tem conteúdo que um backup do osdesk não tem, e nada foi restaurado. "
        "Use outro backup."
    ),
    "backup_other_shop": (
        "O backup {path} é de outra loja (“{shop}”), não da que está nesta pasta (“{there}”). Nada "
        "foi trocado. Confira o arquivo; se é isso mesmo que você quer, use --other-shop."
    ),
    "backup_newer": (
        "O backup {path} é de uma versão mais nova do osdesk ({version}). "
        "Atualize o programa e tente de novo."
    ),
    "backup_unsure": (
        "A cópia não ficou igual à loja e o backup não foi feito. Confira o disco e tente de novo."
    ),
    "backup_schema": (
        "O banco de dados tem algo que não é do osdesk ({name}) e o backup não foi feito. "
        "Veja o que osdesk check diz."
    ),
    # what a check finds
    "check_unreadable": "Parte do banco de dados não pode ser lida. Restaure o último backup.",
    "check_structure": (
        "O banco de dados está danificado (pontos com defeito: {count}). Restaure o último backup."
    ),
    "check_reference": (
        "A linha {row_id} da tabela {table} aponta para algo que não existe. "
        "Restaure o último backup."
    ),
    "check_schema": (
        "A estrutura do banco de dados não é a do osdesk: {name}. Restaure o último backup."
    ),
    "check_index": (
        "O índice de busca não corresponde às ordens e aos clientes. Faça um backup e restaure-o "
        "para refazer o índice."
    ),
    "check_event": (
        "O registro {sequence} do histórico foi alterado. Compare com o último backup."
    ),
    "check_event_text": (
        "O texto do registro {sequence} do histórico foi alterado. Compare com o último backup."
    ),
    "check_line": (
        "OS {number}: a linha {position} não confere com quantidade, preço e desconto. "
        "Compare com o último backup."
    ),
    "check_total": "OS {number}: não confere: {names}. Compare com o último backup.",
    "check_instalments": (
        "OS {number}: o que falta das parcelas não confere com o saldo. "
        "Compare com o último backup."
    ),
    "check_anchor": (
        "O histórico não é mais o que o backup {name} guardou até a alteração {sequence}: foi "
        "cortado ou reescrito. Compare a loja com esse backup."
    ),
    "check_record": (
        "OS {number}: o registro não é o que o histórico conta ({names}). Alguém alterou o arquivo "
        "por fora; compare com um backup."
    ),
    "check_status": "OS {number}: a situação não é a do histórico. Compare com o último backup.",
    "check_payment": (
        "O pagamento {payment} não é o que está no histórico. Compare com o último backup."
    ),
    "check_counter": (
        "A numeração de {field} está abaixo do número {highest}, já usado. "
        "Restaure o último backup."
    ),
    "check_import": (
        "Importação, lote {batch}: o que foi trazido não confere. Compare com o último backup."
    ),
    "check_closing": (
        "Fechamento de {month}: o que foi congelado mudou. Compare com o último backup."
    ),
    "check_paper": (
        "OS {number}: a versão {version} de um documento emitido foi alterada. "
        "Compare com o último backup."
    ),
}
