const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/**
 * Text as it may stand in HTML and SVG, in attributes too. Characters that XML has no place for, such as most control
 * characters and halves of pairs, become U+FFFD.
 *
 * @see Extensible Markup Language (XML) 1.0, fifth edition, section 2.2.
 */
export function escapeMarkup(text: string): string {
  return plainText(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Text without the characters that XML has no place for; they become U+FFFD. */
export function plainText(text: string): string {
  return text.replace(NOT_XML, "\ufffd");
}
