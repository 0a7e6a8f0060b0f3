// What is searched for, and whether it stands in an item: the same for an archive and for a connection.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>
/// What is searched for in the texts of items. Nothing of it distinguishes case, nor depends on a culture. Safe for use
/// by several threads at once.
/// </summary>
public sealed class ChatKitSearch
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled;

    private readonly string[] _texts = [];
    private readonly Regex? _pattern;
    private readonly ByteNeedle?[] _needles = [];
    private HashSet<string>? _types;

    /// <summary>A search for texts, of which any may stand in an item.</summary>
    /// <param name="texts">The texts, each of one character or more.</param>
    public ChatKitSearch(IEnumerable<string> texts)
    {
        _texts = [.. texts.Distinct()];
        if (_texts.Length == 0 || _texts.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("A search needs a text that is not empty.", nameof(texts));
        }

        _needles = [.. _texts.Select(ByteNeedle.Of)];
    }

    /// <summary>A search for a regular expression.</summary>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="timeLimit">How long it may take for one item.</param>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public ChatKitSearch(string pattern, TimeSpan timeLimit) => _pattern = new Regex(pattern, Options, timeLimit);

    /// <summary>The kinds of items to search, with or without the prefix <c>chatkit.</c>; null for all.</summary>
    public IEnumerable<string>? Types
    {
        get => _types;
        set => _types = value is null
            ? null
            : new(value.Select(ChatKitThreadItem.NormalizeType), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Only items created after this moment; null for all. What has no date matches no bound.</summary>
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>Only items created before this moment; null for all.</summary>
    public DateTimeOffset? CreatedBefore { get; set; }

    /// <summary>Whether to search the titles of threads, too; to them the dates apply, and the kinds do not.</summary>
    public bool IncludeTitle { get; set; }

    /// <summary>Searches the title of a thread.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="batch">Takes what is found.</param>
    internal void FindInTitle(ChatKitThread thread, ChatKitSearchBatch batch)
    {
        if (IncludeTitle && thread.Title is { } title && IsWithin(thread.CreatedAt))
        {
            Find(thread, null, title, batch);
        }
    }

    /// <summary>Searches items of a thread.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="items">The items.</param>
    /// <param name="batch">Takes what is found.</param>
    internal void FindInItems(ChatKitThread thread, IEnumerable<ChatKitThreadItem> items, ChatKitSearchBatch batch)
    {
        foreach (ChatKitThreadItem item in items)
        {
            if (_types?.Contains(ChatKitThreadItem.NormalizeType(item.Type)) != false && IsWithin(item.CreatedAt))
            {
                Find(thread, item, item.Text, batch);
            }
        }
    }

    /// <summary>Searches a thread and a page of its items, as they came.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="items">The items.</param>
    /// <param name="withTitle">Whether to search the title, too, where it is to be searched at all.</param>
    /// <param name="cancellationToken">Ends the search before the next item.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ChatKitSearchBatch Find(
        ChatKitThread thread,
        IEnumerable<ChatKitThreadItem> items,
        bool withTitle,
        CancellationToken cancellationToken = default)
    {
        ChatKitSearchBatch batch = new() { Stopping = cancellationToken };
        if (withTitle)
        {
            FindInTitle(thread, batch);
        }

        FindInItems(thread, items, batch);
        return batch;
    }

    /// <summary>
    /// Whether JSON may hold a text that matches: false only where it is certain that none does, for which it need not
    /// be parsed.
    /// </summary>
    internal bool MayBeIn(ReadOnlySpan<byte> json)
    {
        foreach (ByteNeedle? needle in _needles)
        {
            if (needle is null || needle.MayBeIn(json))
            {
                return true;
            }
        }

        return _pattern is not null;
    }

    private bool IsWithin(DateTime? moment) =>
        (CreatedAfter is null || moment?.ToUniversalTime() > CreatedAfter.Value.UtcDateTime) &&
        (CreatedBefore is null || moment?.ToUniversalTime() < CreatedBefore.Value.UtcDateTime);

    private void Find(ChatKitThread thread, ChatKitThreadItem? item, string text, ChatKitSearchBatch batch)
    {
        // A pattern may take its time limit for each item.
        batch.Stopping.ThrowIfCancellationRequested();
        try
        {
            (int index, int length) = _pattern is null ? FirstText(text) : FirstMatch(_pattern, text);
            if (index >= 0)
            {
                batch.Add(new ChatKitFoundItem(thread, item, text, index, length));
            }
        }
        catch (RegexMatchTimeoutException e)
        {
            batch.Add(new ChatKitSearchFailure(thread.Id, item?.Id, e));
        }
    }

    private static (int Index, int Length) FirstMatch(Regex pattern, string text)
    {
        Match match = pattern.Match(text);
        return match.Success ? (match.Index, match.Length) : (-1, 0);
    }

    /// <summary>Where the first of the texts stands; the longest of those that begin there.</summary>
    private (int Index, int Length) FirstText(string text)
    {
        (int Index, int Length) first = (-1, 0);
        foreach (string wanted in _texts)
        {
            int index = text.IndexOf(wanted, StringComparison.OrdinalIgnoreCase);
            bool isFirst = index >= 0 && (first.Index < 0 || index < first.Index);
            if (isFirst || (index >= 0 && index == first.Index && wanted.Length > first.Length))
            {
                first = (index, wanted.Length);
            }
        }

        return first;
    }
}
