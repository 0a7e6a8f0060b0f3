// A thread as Markdown: a heading with the thread's fields, then its items.
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace ChatKit.Archive;

internal static class MarkdownThreadPage
{
    public static void Write(
        TextWriter writer,
        ChatKitThread thread,
        IEnumerable<ChatKitThreadItem> items,
        CancellationToken cancellationToken)
    {
        writer.WriteLine($"# {MarkdownText.Line(PageText.Title(thread))}");
        writer.WriteLine();
        string reason = string.IsNullOrEmpty(thread.StatusReason) ? "" : $" ({MarkdownText.Line(thread.StatusReason)})";
        writer.WriteLine($"- Status: {MarkdownText.Line(PageText.Words(thread.Status))}{reason}");
        writer.WriteLine($"- User: {(thread.User is null ? "not recorded" : MarkdownText.Line(thread.User))}");
        writer.WriteLine($"- Created: {(thread.CreatedAt is { } created ? PageText.Moment(created) : "not recorded")}");
        writer.WriteLine($"- Thread: {MarkdownText.Line(thread.Id)}");
        foreach (ChatKitThreadItem item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.WriteLine();
            string when = item.CreatedAt is { } moment ? ", " + PageText.Moment(moment) : "";
            writer.WriteLine($"## {MarkdownText.Line(PageText.Role(item))}{when}");
            WriteBody(writer, item);
        }
    }

    private static void WriteBody(TextWriter writer, ChatKitThreadItem item)
    {
        switch (item)
        {
            case ChatKitUserMessage message:
                WriteParts(writer, message.Content);
                WriteList(writer, "Attachments", message.Attachments, Attachment);
                if (message.InferenceOptions is { Model: not null } or { ToolId: not null })
                {
                    WriteText(writer, $"Asked for: {message.InferenceOptions}");
                }

                break;
            case ChatKitAssistantMessage message:
                WriteParts(writer, message.Content);
                break;
            case ChatKitClientToolCall call:
                WriteText(writer, $"{call.Name} ({PageText.Words(call.Status)})");
                WriteJson(writer, "Arguments:", call.Arguments);
                WriteJson(writer, "Output:", call.Output);
                break;
            case ChatKitTask task:
                WriteText(writer, task.Text);
                break;
            case ChatKitTaskGroup group:
                writer.WriteLine();
                foreach (ChatKitTaskGroupTask task in group.Tasks)
                {
                    writer.WriteLine($"- {MarkdownText.Line(task.Text)}");
                }

                break;
            case ChatKitWidget widget:
                WriteJson(writer, null, widget.Widget);
                break;
            default:
                WriteJson(writer, null, item.ToJson());
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
                    WriteText(writer, part.Text, "> ");
                    break;
                case ChatKitUnknownContentPart:
                    WriteJson(writer, null, part.ToJson());
                    break;
                default:
                    WriteText(writer, part.Text);
                    WriteList(writer, "Sources", (part as ChatKitOutputText)?.Annotations ?? [], Source);
                    break;
            }
        }
    }

    private static void WriteText(TextWriter writer, string text, string prefix = "")
    {
        writer.WriteLine();
        writer.Write(MarkdownText.Block(text, prefix));
    }

    private static void WriteList<T>(
        TextWriter writer, string heading, IReadOnlyList<T> list, System.Func<T, string> line)
    {
        if (list.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine($"{heading}:");
            writer.WriteLine();
            foreach (T entry in list)
            {
                writer.WriteLine($"- {line(entry)}");
            }
        }
    }

    private static void WriteJson(TextWriter writer, string? heading, string? json)
    {
        if (json is not null)
        {
            if (heading is not null)
            {
                writer.WriteLine();
                writer.WriteLine(heading);
            }

            writer.WriteLine();
            writer.Write(MarkdownText.Fence(PageText.Json(json), "json"));
        }
    }

    private static string Attachment(ChatKitAttachment attachment)
    {
        string preview = string.IsNullOrEmpty(attachment.PreviewUrl) ? "" : $", preview: {Link(attachment.PreviewUrl)}";
        return $"{MarkdownText.Line(attachment.ToString())} " +
            $"({MarkdownText.Line(attachment.MimeType ?? attachment.Type)}){preview}";
    }

    private static string Source(ChatKitAnnotation annotation) => annotation switch
    {
        ChatKitUrlAnnotation { Url: { } url } => Link(url),
        ChatKitUnknownAnnotation => MarkdownText.Line($"{annotation.Text} {annotation.ToJson()}"),
        _ => MarkdownText.Line(annotation.Text),
    };

    // An address that Uri has written anew holds no blank and no angle bracket, so that it cannot end the link.
    private static string Link(string? address) =>
        PageText.WebAddress(address) is { } href ? $"<{href}>" : MarkdownText.Line(address);
}
