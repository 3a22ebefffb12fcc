"""The one error that a person can mend; everything else passes as the bug it is."""


class UserError(Exception):
    """What a person can mend: a code and its facts; the sentence is in ``osdesk.texts``.

    ``field`` in the data, where it is there, names the field of the form that is to be mended.
    """

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        facts = ", ".join(f"{key}={value!r}" for key, value in self.data.items())
        return f"{self.code}({facts})"
