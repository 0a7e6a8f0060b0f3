// One item of a conversation: who, when, and what, by its kind.
using System.Collections.Generic;
using System.IO;

namespace ChatKit.Archive;

internal static class HtmlItem
{
    /// <summary>Characters; a widget with more words is folded.</summary>
    private const int LongWidget = 1000;

    public static void Write(TextWriter writer, ChatKitThreadItem item, int number)
    {
        string kind = item switch
        {
            ChatKitUserMessage => "user",
            ChatKitAssistantMessage => "assistant",
            _ => "work",
        };
        writer.WriteLine($"<li class=\"{kind}\" id=\"item-{number}\">");
        writer.Write($"<div class=\"who\"><h2>{Html.Isolated(PageText.Role(item))}</h2>");
        if (item.CreatedAt is { } moment)
        {
            writer.Write(Html.Time(moment));
        }

        writer.Write($"<a class=\"number\" href=\"#item-{number}\" aria-label=\"Item {number}\">{number}</a>");
        writer.WriteLine(item.Id.Length > 0 ? $"<code class=\"id\">{Html.Isolated(item.Id)}</code></div>" : "</div>");
        writer.WriteLine("<div class=\"what\">");
        WriteBody(writer, item);
        writer.WriteLine("</div>");
        writer.WriteLine("</li>");
    }

    private static void WriteBody(TextWriter writer, ChatKitThreadItem item)
    {
        switch (item)
        {
            case ChatKitUserMessage message:
                WriteParts(writer, message.Content);
                WriteAttachments(writer, message.Attachments);
                WriteInferenceOptions(writer, message.InferenceOptions);
                break;
            case ChatKitAssistantMessage message:
                WriteParts(writer, message.Content);
                break;
            case ChatKitClientToolCall call:
                WriteToolCall(writer, call);
                break;
            case ChatKitTask task:
                writer.WriteLine($"<div class=\"task\">{Task(task.TaskType, task.Heading, task.Summary)}</div>");
                break;
            case ChatKitTaskGroup group:
                WriteTasks(writer, group.Tasks);
                break;
            case ChatKitWidget widget:
                WriteWidget(writer, widget);
                break;
            default:
                WriteFolded(
                    writer, "Shown as JSON: these pages do not know this kind of item", PageText.Json(item.ToJson()));
                break;
        }
    }

    private static void WriteParts(TextWriter writer, IReadOnlyList<ChatKitContentPart> parts)
    {
        foreach (ChatKitContentPart part in parts)
        {
            switch (part)
            {
                case ChatKitQuotedText:
                    writer.WriteLine($"<blockquote class=\"text\" dir=\"auto\">{HtmlText.Of(part.Text)}</blockquote>");
                    break;
                case ChatKitUnknownContentPart:
                    WriteFolded(writer, Html.Isolated(part.Type) + " as JSON", PageText.Json(part.ToJson()));
                    break;
                default:
                    writer.WriteLine($"<p class=\"text\" dir=\"auto\">{HtmlText.Of(part.Text)}</p>");
                    WriteSources(writer, (part as ChatKitOutputText)?.Annotations ?? []);
                    break;
            }
        }
    }

    private static void WriteSources(TextWriter writer, IReadOnlyList<ChatKitAnnotation> annotations)
    {
        if (annotations.Count == 0)
        {
            return;
        }

        writer.WriteLine("<div class=\"sources\"><h3>Sources</h3><ol>");
        foreach (ChatKitAnnotation annotation in annotations)
        {
            switch (annotation)
            {
                case ChatKitUrlAnnotation { Url: { } url }:
                    writer.WriteLine($"<li>{Html.Link(url, url)}</li>");
                    break;
                case ChatKitFileAnnotation { FileName: { } name }:
                    writer.WriteLine($"<li>{Html.Isolated(name)} <span class=\"kind\">file</span></li>");
                    break;
                default:
                    writer.Write("<li>");
                    WriteFolded(
                        writer, Html.Isolated(annotation.Type) + " as JSON", PageText.Json(annotation.ToJson()));
                    writer.WriteLine("</li>");
                    break;
            }
        }

        writer.WriteLine("</ol></div>");
    }

    private static void WriteAttachments(TextWriter writer, IReadOnlyList<ChatKitAttachment> attachments)
    {
        if (attachments.Count == 0)
        {
            return;
        }

        writer.WriteLine("<div class=\"attachments\"><h3>Attachments</h3><ul>");
        foreach (ChatKitAttachment attachment in attachments)
        {
            writer.Write($"<li><span class=\"file\">{Html.Isolated(attachment.ToString())}</span> <span " +
                $"class=\"kind\">{Html.Isolated(attachment.MimeType ?? attachment.Type)}</span>");
            if (PageText.WebAddress(attachment.PreviewUrl) is not null)
            {
                writer.Write(" " + Html.Link(attachment.PreviewUrl, "Preview"));
            }
            else if (!string.IsNullOrEmpty(attachment.PreviewUrl))
            {
                writer.Write($" <span class=\"kind\">preview: {Html.Isolated(attachment.PreviewUrl)}</span>");
            }

            writer.WriteLine("</li>");
        }

        writer.WriteLine("</ul></div>");
    }

    private static void WriteInferenceOptions(TextWriter writer, ChatKitInferenceOptions? options)
    {
        if (options is { Model: not null } or { ToolId: not null })
        {
            string model = options.Model is null ? "" : $" model {Html.Isolated(options.Model)}";
            string tool = options.ToolId is null ? "" : $" tool {Html.Isolated(options.ToolId)}";
            writer.WriteLine(
                $"<p class=\"asked\">Asked for{model}{(model.Length > 0 && tool.Length > 0 ? "," : "")}{tool}</p>");
        }
    }

    private static void WriteToolCall(TextWriter writer, ChatKitClientToolCall call)
    {
        writer.WriteLine($"<details><summary><code>{Html.Isolated(call.Name)}</code> <span " +
            $"class=\"kind\">{Html.Isolated(PageText.Words(call.Status))}</span></summary>");
        WriteJson(writer, "Arguments", call.Arguments);
        WriteJson(writer, "Output", call.Output);
        writer.WriteLine("</details>");
    }

    private static void WriteJson(TextWriter writer, string heading, string? json) =>
        writer.WriteLine(json is null
            ? $"<h3>{heading}</h3><p class=\"none\">none</p>"
            : $"<h3>{heading}</h3><pre><code>{Html.Escape(PageText.Json(json))}</code></pre>");

    private static void WriteTasks(TextWriter writer, IReadOnlyList<ChatKitTaskGroupTask> tasks)
    {
        writer.WriteLine("<ul class=\"tasks\">");
        foreach (ChatKitTaskGroupTask task in tasks)
        {
            writer.WriteLine($"<li>{Task(task.Type, task.Heading, task.Summary)}</li>");
        }

        writer.WriteLine("</ul>");
    }

    private static string Task(string? type, string? heading, string? summary)
    {
        string kind =
            type is null or "custom" ? "" : $" <span class=\"kind\">{Html.Isolated(PageText.Words(type))}</span>";
        string head = string.IsNullOrEmpty(heading) && kind.Length == 0
            ? ""
            : $"<p class=\"heading\">{Html.Isolated(heading)}{kind}</p>";
        return head +
            (string.IsNullOrEmpty(summary) ? "" : $"<p class=\"text\" dir=\"auto\">{Html.Escape(summary)}</p>");
    }

    private static void WriteWidget(TextWriter writer, ChatKitWidget widget)
    {
        (string kind, string words) = PageText.Widget(widget.Widget);
        string text = $"<p class=\"text\" dir=\"auto\">{Html.Escape(words)}</p>";
        if (words.Length > LongWidget)
        {
            string length = PageText.Count(words.Length, "character", "characters");
            writer.WriteLine($"<details><summary>Words of the widget, {length}</summary>{text}</details>");
        }
        else if (words.Length > 0)
        {
            writer.WriteLine(text);
        }

        WriteFolded(
            writer,
            kind.Length > 0 ? $"<code>{Html.Isolated(kind)}</code> as JSON" : "As it came",
            PageText.Json(widget.Widget));
    }

    /// <summary>What is for those who want to know, under a line of HTML that says what it is.</summary>
    private static void WriteFolded(TextWriter writer, string summary, string text) =>
        writer.WriteLine($"<details><summary>{summary}</summary><pre><code>{Html.Escape(text)}</code></pre></details>");
}
