// The Markdown pages, read back by a parser that knows more dialects than the pages use.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using ChatKit.Archive;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ChatKit.Tests;

public class MarkdownPagesTests
{
    private static readonly MarkdownPipeline Pipeline = BuildPipeline();

    /// <summary>Whatever could be markup somewhere.</summary>
    public static TheoryData<string> Texts { get; } =
    [
        .. TestThreads.HostileTexts,
        "# no heading", "#", "## x ##", "underlined\n===", "underlined\n---", "---", "***", "___", "* a\n* b", "- a",
        "+ a", "1. a", "1) a", "12345. a", "- [ ] task",
        "> quoted", "    indented", "\tindented", "text\n    indented", " \u00A0 x", "```\nfence\n```",
        "~~~\nfence\n~~~", "`code`", "``a`b``", "*a* **b** _c_ __d__ ~~e~~ ~f~ ^g^ ==h== ++i++ \"\"j\"\"",
        "[a](b) [a][b] [a] ![a](b)", "[a]: https://example.com", "[^1]\n\n[^1]: note", "*[HTML]: abbreviation",
        "https://example.com http://x www.example.com ftp://x mailto:a@b.c a@b.example", "WWW.example.com",
        "<b>bold</b> <!-- c --> &amp; &lt; &#35; &copy;", "a | b\n--- | ---\nc | d", "| a |\n|---|\n| b |",
        "+---+\n| a |\n+---+", "$x$ $$y$$", ":smile: :) term\n: definition", "::: warning\nx\n:::", "{#id .class}",
        "a {.b}",
        "line one\nline two\n\nparagraph two\n\n\n\nthree", "trailing backslash\\\nnext", "two blanks  \nnext",
        "ends with a line\n", "\n\nbegins with lines", "a\\*b", "\\", "\\\\", "*", "_", "!", "![", "](", "<", ">", "&",
        "^^^ figure\nx\n^^^", "--- \ntitle: x\n---", "%% comment", "^ a", "a\u2028# b", "a\u2029- b", "\u000B# a",
        "%PDF", "A. letter\nb) letter\ni. roman",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_comes_back_as_it_was_and_is_nothing_but_text(string text)
    {
        MarkdownDocument document = Markdown.Parse("Before.\n\n" + MarkdownText.Block(text) + "\nAfter.\n", Pipeline);
        Assert.All(document, block => Assert.IsType<ParagraphBlock>(block));
        string[] expected = [.. PageText.Clean(text).Split('\n', '\u2028', '\u2029').Select(line => line.Trim()).Where(line => line.Length > 0)];
        Assert.Equal(["Before.", .. expected, "After."], document.SelectMany(Lines));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Quoted_text_stays_in_its_quotation(string text)
    {
        MarkdownDocument document =
            Markdown.Parse("Before.\n\n" + MarkdownText.Block(text, "> ") + "\nAfter.\n", Pipeline);
        Assert.Equal(
            [typeof(ParagraphBlock), typeof(QuoteBlock), typeof(ParagraphBlock)],
            document.Select(block => block.GetType()));
        Assert.All((QuoteBlock)document[1], block => Assert.IsType<ParagraphBlock>(block));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_line_of_a_list_or_a_heading_stays_one(string text)
    {
        MarkdownDocument document =
            Markdown.Parse($"# {MarkdownText.Line("x" + text)}\n\n- {MarkdownText.Line(text)}\n- Last\n", Pipeline);
        Assert.Equal([typeof(HeadingBlock), typeof(ListBlock)], document.Select(block => block.GetType()));
        var list = (ListBlock)document[1];
        Assert.Equal(2, list.Count);
        Assert.All(list.Descendants<Inline>(), inline => Assert.True(inline is LiteralInline or HtmlEntityInline or ContainerInline { Parent: null }, $"{inline.GetType()} {inline}"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("```")]
    [InlineData("a\n````\nb ``````` c")]
    [InlineData("")]
    public void A_fence_holds_whatever_is_in_it(string text)
    {
        MarkdownDocument document = Markdown.Parse(MarkdownText.Fence(text, "json") + "\nAfter.\n", Pipeline);
        Assert.Equal([typeof(FencedCodeBlock), typeof(ParagraphBlock)], document.Select(block => block.GetType()));
        Assert.Equal(text, ((FencedCodeBlock)document[0]).Lines.ToString());
    }

    [Fact]
    public async Task A_thread_reads_as_a_conversation()
    {
        using TemporaryFolder folder = new();
        ChatKitThread thread = (await TestThreads.SampleAsync()).Single(thread => thread.Id == "cthr_abc123");
        string path =
            new MarkdownPages(folder.Path).Add(thread, thread.GetItems(), TestContext.Current.CancellationToken);
        Assert.Equal(Path.Combine(folder.Path, "cthr_abc123.md"), path);
        string page = File.ReadAllText(path);
        Assert.StartsWith(
            """
            # Customer escalation

            - Status: active
            - User: user\_123
            - Created: 2026-11-18 11:38:50 UTC
            - Thread: cthr\_abc123

            ## User, 2026-11-18 11:38:52 UTC

            I need help debugging an onboarding issue.

            New customers stop at step 3, "Verify your domain". A screenshot and the run log are attached.

            Attachments:

            - onboarding-step-3.png (image/png), preview: <https://files.example.com/previews/onboarding-step-3.png>
            - onboarding-run.log (text/plain)

            ## Assistant, 2026-11-18 11:38:59 UTC

            Let's start by confirming the workflow version you deployed.

            """.Replace("\r\n", "\n", StringComparison.Ordinal),
            page,
            StringComparison.Ordinal);
        Assert.Contains("## Tool call, 2026-11-18 11:39:05 UTC\n\nget\\_workflow\\_deployment " +
            "(completed)\n\nArguments:\n\n```json\n{\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_means_harm_adds_no_heading_no_HTML_and_no_link_but_to_the_web()
    {
        using TemporaryFolder folder = new();
        MarkdownPages pages = new(folder.Path);
        foreach (ChatKitThread thread in await TestThreads.HostileAsync())
        {
            MarkdownDocument document = Markdown.Parse(
                File.ReadAllText(pages.Add(thread, thread.GetItems(), TestContext.Current.CancellationToken)),
                Pipeline);
            Assert.Equal(1 + thread.GetItems().Count, document.Descendants<HeadingBlock>().Count());
            Assert.Empty(document.Descendants<HtmlBlock>());
            Assert.Empty(document.Descendants<HtmlInline>());
            Assert.Empty(document.Descendants<LinkInline>());
            Assert.All(
                document.Descendants<AutolinkInline>(),
                link => Assert.StartsWith("https://evil.example/", link.Url, StringComparison.Ordinal));
        }

        Assert.All(folder.Files, file => Assert.Matches("^[a-z0-9_~-]+\\.md$", file));
    }

    private static MarkdownPipeline BuildPipeline()
    {
        MarkdownPipelineBuilder builder =
            new MarkdownPipelineBuilder().UseAdvancedExtensions().UseEmojiAndSmiley().UseYamlFrontMatter();

        // It would add the headings' own names to the document.
        builder.Extensions.RemoveAll(extension => extension is AutoIdentifierExtension);
        return builder.Build();
    }

    /// <summary>The lines of a paragraph, which must have nothing but words and line breaks in it.</summary>
    private static IEnumerable<string> Lines(Block paragraph)
    {
        StringBuilder text = new();
        foreach (Inline inline in ((ParagraphBlock)paragraph).Inline!)
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LineBreakInline { IsHard: true } => "\n",
                _ => throw new InvalidOperationException($"{inline.GetType()} {inline}"),
            });
        }

        return text.ToString().Split('\n').Select(line => line.Trim());
    }
}
