"""Texts with planted personal data, with odd neighbours, for properties of redaction."""

from hypothesis import strategies as st

PLANTED = st.sampled_from(
    [
        "bob@corp.org", "jane.doe+x@mail.corp.co.uk", "a@x.com.", "me@example.com", "x@a.test",
        "4111 1111 1111 1111", "4111111111111111", "5555-5555-5555-4444", "378282246310005",
        "123-45-6789", "078-05-1120", "000-12-3456", "DE89370400440532013000",
        "GB82 WEST 1234 5698 7654 32", "NO9386011117947", "8.8.4.4", "10.0.0.1",
        "2606:2800:220:1:248:1893:25c8:1946", "(555) 123-4567", "+44 20 7946 0958", "555-123-4567",
        "password: hunter22", '"token": "abc123def"', "postgres://u:pw12@db.corp.org/x",
        "+4915112345678", "+1 415 555 0132", "+33 1 42 68 53 00", "00:1A:2B:3C:4D:5E", "8.8.44.44",
        "2606:4700::1111", "::ffff:8.8.4.4", "00-00-5e-00-53-01", "https://shop.org/x?a=1",
        "12345678Z", "passport AB1234567", "ghp_" + "a1B2c3D4" * 5, "AKIA" + "A1B2C3D4" * 2,
        "sk-" + "a1B2c3D4" * 5, "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----",
        "[EMAIL]", "[SECRET]", "[PHONE]",
    ]
)  # fmt: skip
NEIGHBOURS = st.one_of(
    st.sampled_from(
        ["", " ", "\n", "\\n", ".", ",", "-", "_", "@", ":", "/", "(", ")", '"', "#", "=", "1",
         "12 ", "a", "é", "x.com", "order ", "item_id: ", "card ", "call ", "ssn ", "is ", "://",
         "[", "]", "example.com", ".com", "+", "0", "²",
         "version ", "\t", "::", "%", "  ", " x1", " ext. 5", "/24", ";"]
    ),
    st.text(max_size=4),
)  # fmt: skip
TEXTS = st.lists(st.one_of(PLANTED, NEIGHBOURS), max_size=10).map("".join)
