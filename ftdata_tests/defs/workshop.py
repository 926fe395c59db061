"""Pages of a shop's help centre, to be put where a test wants them."""

TOPICS = {
    "orders": "an order", "delivery": "a delivery", "invoices": "an invoice",
    "vouchers": "a voucher", "accounts": "an account", "reviews": "a review",
}  # fmt: skip


def workshop_pages():
    """File name → Markdown."""
    pages = {f"{name}.md": _page(name, thing) for name, thing in TOPICS.items()}
    pages["refunds.md"] = (
        "# Refunds\n\nGoods can be sent back within 30 days of delivery. The money is paid back to"
        " the card that was used.\n\n## How do I send goods back?\n\nPrint the label from your"
        " account, put it on the parcel and bring it to any post office.\n\n## Exceptions\n\n"
        "Opened software must not be sent back, because the licence key has been seen.\n"
    )
    return pages


def _page(name, thing):
    title = name.capitalize()
    return f"""# {title}

{title} are kept for ten years. {thing.capitalize()} is a record of what a customer wants from us.

## How do I find {thing}?

Sign in, open the page *{title}* and type its number into the field at the top.

## Changing {thing}

1. Open the page *{title}*.
2. Choose the one to be changed and press **Edit {name}**.
3. Write the new values and press **Save**.

## Troubleshooting {name}

If {thing} does not show, reload the page. If it still does not, ask the {name} desk.

| Field of {name} | Meaning |
|---|---|
| number | {title} count from one in every year. |
| state | Open, paid or closed, as the {name} desk has set it. |
"""
