// What is safe to print, and what is left of the rest.
namespace ChatKit.Tests;

public class PrintableTextTests
{
    [Theory]
    [InlineData(null, "", "")]
    [InlineData("", "", "")]
    [InlineData(
        "Größe 日本 👩‍💻 \u200f\u05d0\u200e", "Größe 日本 👩‍💻 \u200f\u05d0\u200e", "Größe 日本 👩‍💻 \u200f\u05d0\u200e")]
    [InlineData("a\tb\nc\r\nd", "a\tb\nc\r\nd", "a b c  d")]
    [InlineData("paid\rnot", "paid\nnot", "paid not")]
    [InlineData("\r\r\n\r", "\n\r\n\n", "    ")]
    [InlineData("a\u2028b\u2029c", "a\u2028b\u2029c", "a b c")]
    [InlineData("\0\a\b\v\f\u001b[31m\u007f\u0085\u009b", "�����\u001b[31m���", "�����\u001b[31m���")]
    [InlineData("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "���������", "���������")]
    public void Is_shown_in_lines_and_in_one(string? text, string lines, string line)
    {
        Assert.Equal(lines.Replace('\u001b', '\uFFFD'), PrintableText.Lines(text));
        Assert.Equal(line.Replace('\u001b', '\uFFFD'), PrintableText.OneLine(text));
    }

    [Fact]
    public void Is_the_same_text_where_nothing_is_wrong_with_it()
    {
        string text = new('x', 10);

        Assert.Same(text, PrintableText.Lines(text));
        Assert.Same(text, PrintableText.OneLine(text));
    }

    [Theory]
    [InlineData(" \r\nab", 2, "ab")]
    [InlineData("abc", 2, "ab…")]
    [InlineData("a😀b", 2, "a…")]
    [InlineData("a😀b", 3, "a😀…")]
    public void Is_cut_between_characters(string text, int length, string shown) =>
        Assert.Equal(shown, PrintableText.Excerpt(text, length));
}
