// A thread as a conversation. It reads whole without its script, which marks what the index was searched for.
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace ChatKit.Archive;

internal static class HtmlThreadPage
{
    private static readonly string[] Scripts = ["Words.js", "Thread.js"];

    /// <summary>Writes the page, item by item.</summary>
    /// <returns>How many items there are.</returns>
    public static int Write(
        TextWriter writer,
        ChatKitThread thread,
        IEnumerable<ChatKitThreadItem> items,
        CancellationToken cancellationToken)
    {
        string title = PageText.Title(thread);
        Html.WriteHead(writer, title, "Thread.css", Scripts);
        writer.WriteLine("<body>");
        writer.WriteLine("<a class=\"skip\" href=\"#conversation\">Skip to the conversation</a>");
        writer.WriteLine("<header class=\"page\">");
        writer.WriteLine("<nav aria-label=\"Archive\"><a class=\"back\" href=\"../index.html\">All threads</a></nav>");
        writer.WriteLine($"<h1 dir=\"auto\"{Html.Tooltip(title)}>{Html.Escape(title)}</h1>");
        writer.WriteLine("<dl class=\"facts\">");
        string reason = PageText.Line(thread.StatusReason) is { Length: > 0 } text
            ? $" <span class=\"reason\">{Html.Isolated(text)}</span>"
            : "";
        WriteFact(writer, "Status", Status(thread.Status) + reason);
        WriteFact(
            writer,
            "User",
            thread.User is null ? "<span class=\"none\">not recorded</span>" : Html.Isolated(thread.User));
        WriteFact(
            writer,
            "Created",
            thread.CreatedAt is { } created ? Html.Time(created) : "<span class=\"none\">not recorded</span>");
        WriteFact(writer, "Thread", $"<code>{Html.Isolated(thread.Id)}</code>");
        writer.WriteLine("</dl>");
        writer.WriteLine("</header>");
        writer.WriteLine("<main id=\"conversation\" tabindex=\"-1\" aria-label=\"Conversation\">");

        int count = 0;
        int attachments = 0;
        foreach (ChatKitThreadItem item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count++ == 0)
            {
                writer.WriteLine("<ol class=\"items\">");
            }

            attachments += item is ChatKitUserMessage message ? message.Attachments.Count : 0;
            HtmlItem.Write(writer, item, count);
        }

        writer.WriteLine(count > 0 ? "</ol>" : "<p class=\"empty\">This thread has no items.</p>");
        writer.WriteLine("</main>");
        writer.WriteLine("<footer class=\"page\">");
        string files = attachments == 0 ? "" : $" {PageText.Count(attachments, "attachment is", "attachments are")} " +
            "listed by name and type: the API does not give what is in them.";
        writer.WriteLine($"<p>{PageText.Count(count, "item", "items")}. Times are UTC.{files}</p>");
        writer.WriteLine("</footer>");
        Html.WriteScript(writer, Scripts);
        writer.WriteLine("</body>");
        writer.WriteLine("</html>");
        return count;
    }

    private static string Status(string status)
    {
        // A class only of the known ones: what the server says otherwise is text, nothing else.
        string kind = status is "active" or "locked" or "closed" ? status : "other";
        return $"<span class=\"status {kind}\">{Html.Isolated(PageText.Words(status))}</span>";
    }

    private static void WriteFact(TextWriter writer, string name, string html) =>
        writer.WriteLine($"<div><dt>{name}</dt><dd>{html}</dd></div>");
}
