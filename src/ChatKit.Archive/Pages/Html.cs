// The few things that every HTML page needs: escaping, and a head that lets nothing run or load but the page's own.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace ChatKit.Archive;

internal static class Html
{
    /// <summary>What fits where titles stand.</summary>
    private const int UsualTitle = 80;

    private const int LongestTooltip = 2000;

    private static readonly ConcurrentDictionary<string, string> Resources = new();

    /// <summary>
    /// Text as it stands between tags or in a quoted attribute. It is made clean first, see
    /// <see cref="PageText.Clean"/>.
    /// </summary>
    public static string Escape(string? text)
    {
        string clean = PageText.Clean(text);
        StringBuilder? escaped = null;
        for (int i = 0; i < clean.Length; i++)
        {
            string? entity = clean[i] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => null,
            };
            if (entity is not null)
            {
                escaped ??= new StringBuilder(clean, 0, i, clean.Length + 32);
                escaped.Append(entity);
            }
            else
            {
                escaped?.Append(clean[i]);
            }
        }

        return escaped?.ToString() ?? clean;
    }

    /// <summary>The text in an element that keeps its direction to itself, on one line.</summary>
    public static string Isolated(string? text) => $"<bdi>{Escape(PageText.Line(text))}</bdi>";

    /// <summary>A link where the address is one of the web, else the address as text.</summary>
    public static string Link(string? address, string? text) =>
        PageText.WebAddress(address) is { } href
            ? $"<a href=\"{Escape(href)}\" rel=\"noopener noreferrer\">{Isolated(text)}</a>"
            : Isolated(text);

    /// <summary>
    /// The attribute that tells the whole of a text that is cut where it is long; nothing for others.
    /// </summary>
    public static string Tooltip(string text) => text.Length <= UsualTitle
        ? ""
        : $" title=\"{Escape(text.Length > LongestTooltip ? text.Substring(0, LongestTooltip) + "…" : text)}\"";

    public static string Time(DateTime moment) =>
        $"<time datetime=\"{PageText.IsoMoment(moment)}\">{PageText.Moment(moment)}</time>";

    /// <summary>
    /// Begins a page: its head, with the style, and the policy that allows the page nothing but this style and this
    /// script.
    /// </summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="title">The title.</param>
    /// <param name="style">The page's own style, besides the common one.</param>
    /// <param name="scripts">What the page's script is made of, see <see cref="WriteScript"/>.</param>
    /// <param name="nonce">What lets the script load others; null for nothing.</param>
    public static void WriteHead(
        TextWriter writer, string title, string style, IReadOnlyList<string> scripts, string? nonce = null)
    {
        string css = Resource("Page.css") + Resource(style);
        string allowed = $"script-src 'sha256-{Hash(Script(scripts))}'{(nonce is null ? "" : $" 'nonce-{nonce}'")}; ";
        string policy =
            $"default-src 'none'; {allowed}style-src 'sha256-{Hash(css)}'; base-uri 'none'; form-action 'none'";
        writer.WriteLine("<!DOCTYPE html>");
        writer.WriteLine("<html lang=\"en\">");
        writer.WriteLine("<head>");
        writer.WriteLine("<meta charset=\"utf-8\">");
        writer.WriteLine($"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        writer.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        writer.WriteLine("<meta name=\"referrer\" content=\"no-referrer\">");
        writer.WriteLine("<meta name=\"robots\" content=\"noindex\">");
        writer.WriteLine("<meta name=\"color-scheme\" content=\"light dark\">");
        writer.WriteLine($"<title>{Escape(PageText.Line(title))}</title>");
        writer.WriteLine($"<style>{css}</style>");
        writer.WriteLine("</head>");
    }

    /// <summary>Writes the page's script, made of these, which know each other.</summary>
    public static void WriteScript(TextWriter writer, IReadOnlyList<string> scripts, string? nonce = null) =>
        writer.WriteLine($"<script{(nonce is null ? "" : $" nonce=\"{nonce}\"")}>{Script(scripts)}</script>");

    private static string Hash(string text) => Convert.ToBase64String(Digest.Of(text));

    private static string Script(IReadOnlyList<string> scripts) => string.Concat(scripts.Select(Resource));

    // A browser hashes what it read, in which a line ends with a line feed however the checkout had it.
    private static string Resource(string name) => Resources.GetOrAdd(name, static name =>
    {
        using StreamReader reader = new(typeof(Html).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    });
}
