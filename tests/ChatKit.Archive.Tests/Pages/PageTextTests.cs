// What the pages do to text before it is escaped, which addresses they link, and JSON that is none.
using System;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class PageTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain\n\ttext", "plain\n\ttext")]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("a\0b\u001B[1mc\u0085d", "a\uFFFDb\uFFFD[1mc\uFFFDd")]
    [InlineData("invoice\u202Efdp.exe", "invoice[U+202E]fdp.exe")]
    [InlineData("\u202Dx\u202C", "[U+202D]x\u202C")]
    [InlineData("\u2067שלום\u2069 ok", "\u2067שלום\u2069 ok")]
    [InlineData("out\u2069 of it", "out[U+2069] of it")]
    [InlineData("\u2067a\u2069\u2069", "\u2067a\u2069[U+2069]")]
    [InlineData("\u2067a\nb\u2069", "\u2067a\nb[U+2069]")]
    [InlineData("مرحبا \u200F!", "مرحبا \u200F!")]
    public void Marks_that_reorder_or_end_the_isolation_are_spelled_out_and_others_stay(string text, string expected)
    {
        Assert.Equal(expected, PageText.Clean(text));
        Assert.Equal(expected, PageText.Clean(expected));
    }

    [Theory]
    [InlineData("https://example.com", "https://example.com/")]
    [InlineData("HTTP://EXAMPLE.com/a?b#c", "http://example.com/a?b#c")]
    [InlineData("https://example.com/a b\"<c>", "https://example.com/a%20b%22%3Cc%3E")]
    public void An_address_of_the_web_is_linked(string address, string expected) =>
        Assert.Equal(expected, PageText.WebAddress(address));

    [Fact]
    public void No_other_is() => Assert.All(
        [null, "", " ", "example.com", "/path", "//example.com", "javascript:alert(1)", "java\nscript:x", "\u0001javascript:x", "data:text/html,x", "file:///x", "ftp://x", "mailto:a@b", "https://", "http://["],
        address => Assert.Null(PageText.WebAddress(address)));

    [Fact]
    public void JSON_is_indented_with_its_numbers_as_they_came() =>
        Assert.Equal("{\n  \"a\": 1.50,\n  \"b\": \"<é😀>\\\\uD83D\\\\uDE00\"\n}", PageText.Json("{\"a\":1.50,\"b\":\"<é😀>\\\\uD83D\\\\uDE00\"}").Replace(Environment.NewLine, "\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{\"half\":\"\\ud83e\"}")]
    [InlineData("")]
    public void What_is_no_JSON_stays_as_it_came(string text) => Assert.Equal(text, PageText.Json(text));

    [Fact]
    public void JSON_that_is_too_deep_stays_as_it_came()
    {
        string deep = new string('[', 5000) + new string(']', 5000);
        Assert.Equal(deep, PageText.Json(deep));
        Assert.Equal(("", ""), PageText.Widget(deep));
    }

    [Fact]
    public void Of_a_widget_its_kind_and_its_words_are_told() =>
        Assert.Equal(("Card", "Quote · 290 seats · Download"), PageText.Widget("""{"type":"Card","size":"sm","children":[{"type":"Title","value":"Quote"},{"type":"Text","value":"290 seats"},{"type":"Button","label":"Download","onClickAction":{"type":"x"}}]}"""));
}
