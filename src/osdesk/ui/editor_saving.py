"""What the editor saves in one act, and the words for what came of it."""

from osdesk.domain.forms import OrderForm
from osdesk.domain.shapes import OrderSheet
from osdesk.services.intake import Beside, save_order
from osdesk.services.orders import Saved
from osdesk.texts import STATUS, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.draft_keeper import DraftKeeper
from osdesk.ui.editor_form import EditorForm

PHOTO_WAITS = "Uma foto ainda está sendo preparada. Salve de novo em um instante."


def store(
    desk: Desk, cards: EditorForm, keeper: DraftKeeper, number: int | None, form: OrderForm
) -> Saved | None:
    """The form where it differs, with code and photos; None where there is nothing to save.

    The draft goes in the same transaction. Raises UserError: nothing is kept then, the draft is.
    """
    arrival = cards.work.arrival
    changed = number is None or cards.differs(form)
    if not changed and not arrival.pending:
        return None
    saved = desk.write(
        save_order,
        number,
        form if changed else None,
        Beside(keeper.draft_id, arrival.code_form(), arrival.photos.held),
        box=desk.store.secrets,
        now=desk.now(),
        author=desk.author,
    )
    keeper.saved()
    return saved


def saved_words(
    saved: Saved, before: OrderSheet | None, after: OrderSheet | None
) -> tuple[str, str]:
    """What was saved, what else it led to, what is to be checked; the tone of it."""
    words = [f"OS {saved.number} salva."]
    if before is not None and after is not None and before.status is not after.status:
        words.append(f"Situação: {STATUS[after.status]}.")
    words += [sentence(warning) for warning in saved.warnings]
    return " ".join(words), "amber" if len(words) > 1 else "green"


def draft_words(loose: dict[str, str]) -> str:
    """What a draft brought back, and the texts that fitted nowhere (``loose``)."""
    words = "Rascunho retomado: o que não tinha sido salvo está aqui."
    apart = [f"“{text}”" for path, text in loose.items() if path.startswith("items.")]
    return f"{words} Não coube em nenhuma linha: {', '.join(apart)}." if apart else words
