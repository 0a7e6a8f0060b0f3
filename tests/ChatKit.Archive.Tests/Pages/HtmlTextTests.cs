// Code in messages: shown as code, and every character of the text still there.
using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class HtmlTextTests
{
    private const string Block = "<code class=\"block\"><span class=\"fence\">";
    private const string Close = "<span class=\"fence\">```</span></code>";

    [Theory]
    [InlineData("plain <b>", "plain &lt;b&gt;")]
    [InlineData("a `b` c", "a <code>`b`</code> c")]
    [InlineData("``a`b`` `c", "<code>``a`b``</code> `c")]
    [InlineData("`a\nb`", "`a\nb`")]
    [InlineData("`", "`")]
    [InlineData("` `` ` ``", "<code>` `` `</code> ``")]
    [InlineData("`<script>`", "<code>`&lt;script&gt;`</code>")]
    [InlineData("a\n```js\nx < `y`\n\n```\nb", "a\n" + Block + "```js</span>\nx &lt; `y`\n\n" + Close + "\nb")]
    [InlineData("```\n```", Block + "```</span>\n" + Close)]
    [InlineData("  ```\nx\n   ````  ", Block + "  ```</span>\nx\n<span class=\"fence\">   ````  </span></code>")]
    [InlineData("~~~ `a`\n```\n~~~", Block + "~~~ `a`</span>\n```\n<span class=\"fence\">~~~</span></code>")]
    [InlineData("````\n```\n````", Block + "````</span>\n```\n<span class=\"fence\">````</span></code>")]
    [InlineData("```a\nnever\nclosed `x`", "```a\nnever\nclosed <code>`x`</code>")]
    [InlineData("```\nx\n``` js", "```\nx\n``` js")]
    [InlineData("```` \na\n```\nb\n```", "```` \na\n" + Block + "```</span>\nb\n" + Close)]
    [InlineData("```x``` y", "<code>```x```</code> y")]
    [InlineData("    ```\nx\n    ```", "    ```\nx\n    ```")]
    public void Code_is_shown_as_code(string text, string html) => Assert.Equal(html, HtmlText.Of(text));

    [Fact]
    public void Every_character_stays_and_nothing_else_is_markup()
    {
        Random random = new(5);
        string[] pieces =
            ["`", "``", "```", "~~~", "\n", "\n\n", " ", "a", "<b>", "&", "```js\n", "\n```\n", "\u202E", "é😀"];
        for (int i = 0; i < 20_000; i++)
        {
            string text =
                string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => pieces[random.Next(pieces.Length)]));
            string html = HtmlText.Of(text);
            string rest = Regex.Replace(html, "</?(code|span)( class=\"(block|fence)\")?>", "");
            Assert.DoesNotContain("<", rest, StringComparison.Ordinal);
            Assert.Equal(PageText.Clean(text), WebUtility.HtmlDecode(rest));
            Assert.Equal(html.Split("<code").Length, html.Split("</code>").Length);
        }
    }

    /// <summary>The limit guards against a hang; milliseconds.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Marks_without_an_end_take_no_time_that_grows_with_their_square()
    {
        StringBuilder text = new();
        for (int i = 1400; i > 2; i--)
        {
            text.Append('`', i).Append(i % 2 == 0 ? '\n' : ' ').Append("~~~ x\n");
        }

        for (int i = 0; i < 200_000; i++)
        {
            text.Append("~~~ x\n");
        }

        string html = await Task.Run(() => HtmlText.Of(text.ToString()), TestContext.Current.CancellationToken);
        Assert.Equal(201_398, html.Split("~~~ x").Length - 1);
    }
}
