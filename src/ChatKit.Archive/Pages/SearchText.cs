// Texts of items on their way into a shard, as a JavaScript string that is text whatever is in it.
using System;
using System.Globalization;
using System.Text;

namespace ChatKit.Archive;

/// <summary>
/// Texts of items, each ended by U+001E, which no clean text has, and whose they are: for each thread its number, the
/// number of the first of its items here, and how many of them there are.
/// </summary>
internal sealed class SearchText
{
    private const char End = '\u001E';

    private readonly StringBuilder _heads = new();
    private readonly StringBuilder _texts = new();
    private readonly byte[] _bits = new byte[SearchFilter.Length];
    private int _thread;
    private int _first;
    private int _count;

    /// <summary>How long it is, in characters.</summary>
    public int Length => _texts.Length + _heads.Length;

    /// <summary>How many items it has.</summary>
    public int Items { get; private set; }

    /// <summary>What may stand in it, see <see cref="SearchFilter"/>.</summary>
    public byte[] Bits => [.. _bits];

    /// <summary>Appends the text of an item; those of a thread come one after the other.</summary>
    public void Append(int thread, int number, string text)
    {
        if (thread != _thread)
        {
            EndThread();
            _thread = thread;
            _first = number;
        }

        _count++;
        Items++;
        string clean = PageText.Clean(text);
        SearchFilter.Add(_bits, clean);
        Escape(clean);
        _texts.Append(End);
    }

    /// <summary>Appends other texts, of other threads, and clears them.</summary>
    public void Append(SearchText other)
    {
        EndThread();
        other.EndThread();
        _heads.Append(_heads.Length > 0 && other._heads.Length > 0 ? "," : "").Append(other._heads);
        _texts.Append(other._texts);
        for (int i = 0; i < _bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
        }

        Items += other.Items;
        other.Clear();
    }

    public void Clear()
    {
        _heads.Clear();
        _texts.Clear();
        Array.Clear(_bits, 0, _bits.Length);
        _thread = 0;
        _count = 0;
        Items = 0;
    }

    /// <summary>The script: one call with two literals.</summary>
    public override string ToString()
    {
        EndThread();
        return $"chatkitTexts([{_heads}],\"{_texts}\");\n";
    }

    private void EndThread()
    {
        if (_count > 0)
        {
            _heads.Append(_heads.Length > 0 ? "," : "")
                .Append(string.Format(CultureInfo.InvariantCulture, "[{0},{1},{2}]", _thread, _first, _count));
        }

        _thread = 0;
        _count = 0;
    }

    /// <summary>
    /// No text ends the literal; nor would it end a script element, should a shard ever stand in one.
    /// </summary>
    private void Escape(string text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            string? escaped = text[i] switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '<' => "\\u003C",
                '\u2028' => "\\u2028",
                '\u2029' => "\\u2029",
                _ => null,
            };
            if (escaped is not null)
            {
                _texts.Append(text, start, i - start).Append(escaped);
                start = i + 1;
            }
        }

        _texts.Append(text, start, text.Length - start);
    }
}
