// One place in which a search found what it was asked for.
using System;

namespace ChatKit.Archive;

/// <summary>
/// An item in which a search found something, or a thread in whose title it did. The properties are scalars, in the
/// order in which a CSV shows them.
/// </summary>
public sealed class ChatKitFoundItem
{
    /// <summary>The <see cref="Type"/> of what was found in the title of a thread.</summary>
    internal const string TitleType = "chatkit.thread";

    private const int ShownBefore = 24;
    private const int ShownOfMatch = 80;
    private const int ShownAfter = 80;

    internal ChatKitFoundItem(ChatKitThread thread, ChatKitThreadItem? item, string text, int index, int length)
    {
        ThreadId = thread.Id;
        Title = thread.Title;
        User = thread.User;
        ItemId = item?.Id;
        Type = item?.Type ?? TitleType;
        CreatedAt = item is null ? thread.CreatedAt : item.CreatedAt;
        Text = text;
        Index = index;
        Match = text.Substring(index, length);
    }

    /// <summary>The identifier of the thread.</summary>
    public string ThreadId { get; }

    /// <summary>The title of the thread; null where it has none.</summary>
    public string? Title { get; }

    /// <summary>The end user who owns the thread; null where the server left it out.</summary>
    public string? User { get; }

    /// <summary>The identifier of the item; null for a title.</summary>
    public string? ItemId { get; }

    /// <summary>The kind of the item, such as <c>chatkit.user_message</c>; <c>chatkit.thread</c> for a title.</summary>
    public string Type { get; }

    /// <summary>
    /// When the item was created, for a title the thread, in local time; null where the server left it out.
    /// </summary>
    public DateTime? CreatedAt { get; }

    /// <summary>What was found, as it is spelled there: the first match.</summary>
    public string Match { get; }

    /// <summary>Where in <see cref="Text"/> the match begins, in UTF-16 characters from 0.</summary>
    public int Index { get; }

    /// <summary>The match with the words around it, on one line.</summary>
    public string Excerpt => Around(Text, Index, Match.Length);

    /// <summary>The text that was searched: the plain reading of the item, or the title.</summary>
    public string Text { get; }

    /// <summary>The match with the words around it.</summary>
    /// <returns><see cref="Excerpt"/>.</returns>
    public override string ToString() => Excerpt;

    private static string Around(string text, int index, int length)
    {
        int start = Boundary(text, Math.Max(0, index - ShownBefore));
        if (start > 0)
        {
            // The first word is whole, where a word begins before the match.
            int space = text.IndexOf(' ', start - 1, index - start + 1);
            start = space < 0 ? start : space + 1;
        }

        int end = index + Math.Min(length, ShownOfMatch);
        end = Boundary(text, Math.Min(text.Length, end + ShownAfter));
        string shown = PrintableText.OneLine(text.Substring(start, end - start)).Trim();
        return (start > 0 ? "…" : "") + shown + (end < text.Length ? "…" : "");
    }

    /// <summary>The place itself, or the one before it where it would cut a surrogate pair.</summary>
    private static int Boundary(string text, int place) =>
        place > 0 && place < text.Length && char.IsSurrogatePair(text, place - 1) ? place - 1 : place;
}
