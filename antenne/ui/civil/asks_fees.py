"""What is asked about a fee: what, how much, who bears it; paid by the project; taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from antenne.domain.changes import Changes, Done
from antenne.domain.civil import CivilFee, Payer
from antenne.domain.forms import expenses as forms
from antenne.domain.forms.model import Answers as Given
from antenne.domain.forms.model import Field, Kind, Option
from antenne.services import civil, civil_fees
from antenne.services.civil_lookup import FileView
from antenne.services.desk import Desk
from antenne.services.expenses_reading import Offered
from antenne.ui.civil.asks import Answers, Ask
from antenne.ui.civil.fields import PAYERS
from antenne.ui.kit.area import Context
from antenne.ui.kit.form_view import FormView
from antenne.wording import formats

TYPICAL = "civil_typical_fees"


def _paid(answers: Given) -> bool:
    return answers.get("payer") != Payer.FREE.value


def fee_ask(context: Context, view: FileView) -> Ask:
    """A fee; the démarche's typical ones are suggested with their sums."""
    typical = view.page.route.fees

    def options(name: str) -> Sequence[Option] | None:
        return tuple(Option(one.label, one.label) for one in typical) if name == TYPICAL else None

    def command(request_id: str, given: Answers) -> tuple[str, CivilFee]:
        payer = Payer(given["payer"])
        amount = 0 if payer is Payer.FREE else given["amount"] or 0
        return request_id, CivilFee(label=given["label"], amount=amount, payer=payer, on=given["on"])

    def work(desk: Desk, asked: tuple[str, CivilFee]) -> Done[civil.FilePage]:
        return civil.add_fee(desk, asked[0], view.page.file.id, asked[1])

    def propose(form: FormView) -> None:
        """The usual sum of a fee whose name was typed in full, where none is typed yet."""
        said, amount = form.answers()["label"], form.field("amount")
        usual = next((one.amount for one in typical if one.label == said), 0)
        if usual and amount.value() is None:
            amount.set_value(usual)

    return Ask(
        title="Frais",
        hint=_hint(view),
        fields=(
            Field(key="label", label="Nature", kind=Kind.TEXT, options=TYPICAL, required=True, max_length=40),
            Field(key="payer", label="Payé par", kind=Kind.CHOICE, options=PAYERS, required=True),
            Field(
                key="amount",
                label="Somme (FCFA)",
                kind=Kind.MONEY,
                shown_if=_paid,
                required_if=_paid,
                lowest=1,
            ),
            Field(key="on", label="Le", kind=Kind.DATE, required=True),
        ),
        answers={"on": context.clock.today()},
        first="label",
        work=work,
        command=command,
        said="Frais notés.",
        options=options,
        follow=propose,
    )


def _hint(view: FileView) -> str:
    said = [
        f"{one.label} {formats.number(one.amount)}\u00a0F" if one.amount else one.label for one in view.page.route.fees
    ]
    return f"Habituels pour cette démarche\u00a0: {', '.join(said)}." if said else ""


def pay_ask(view: FileView, fee: CivilFee, offered: Offered) -> Ask:
    """The voucher of a fee that the project bears: the form of expenses, its sum known."""
    lists = {forms.BOXES: offered.boxes, forms.ACCOUNTS: offered.accounts, forms.LINES: offered.lines}

    def options(name: str) -> Sequence[Option] | None:
        return lists.get(name)

    def command(request_id: str, given: Answers) -> civil_fees.PayFee:
        return civil_fees.PayFee(request_id=request_id, file_id=view.page.file.id, fee_id=fee.id, answers=dict(given))

    asked = tuple(
        replace(one, width=min(one.width, 2)) for one in forms.EXPENSE.fields if one.key not in {"amount", "person_id"}
    )
    return Ask(
        title=f"Pièce de dépense\u00a0: {formats.amount(fee.amount)}",
        fields=asked,
        answers={
            "box": offered.boxes[0].code if offered.boxes else None,
            "purpose": civil_fees.paper_label(fee, view.page.file),
        },
        first="beneficiary",
        save="Payer",
        work=civil_fees.pay_fee,
        command=command,
        said="Payé par le projet\u202f; la pièce de dépense est à imprimer à la caisse.",
        options=options,
    )


def cancel_ask(view: FileView, fee: CivilFee) -> Ask:
    """Take a fee off, with the reason."""

    def command(request_id: str, given: Answers) -> civil_fees.CancelFee:
        return civil_fees.CancelFee(
            request_id=request_id, file_id=view.page.file.id, fee_id=fee.id, reason=given["reason"]
        )

    return Ask(
        title=f"Retirer\u00a0: {fee.label}, {formats.amount(fee.amount)}",
        fields=(Field(key="reason", label="Motif", kind=Kind.TEXT, required=True, max_length=120, width=3),),
        first="reason",
        save="Retirer",
        danger=True,
        work=civil_fees.cancel_fee,
        command=command,
        said="Frais retirés du dossier.",
    )


def changes_of(done: object) -> Changes:
    """What a service changed."""
    return done.changes if isinstance(done, Done) else Changes()
