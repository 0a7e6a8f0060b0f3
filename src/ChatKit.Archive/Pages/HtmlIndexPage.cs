// The index: the frame of the page, and its rows as data that Index.js shows as they are needed.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace ChatKit.Archive;

internal static class HtmlIndexPage
{
    /// <summary>The folder with the threads' pages, beside the index.</summary>
    public const string Folder = "threads";

    // This encoder escapes what HTML knows, so that no text can end the element that the rows are in.
    private static readonly JsonWriterOptions Safe = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly string[] Scripts = ["Words.js", "Search.js", "Index.js"];

    private const string Frame =
        """
        <main id="threads" tabindex="-1">
        <section class="charts" aria-label="Charts">
        <figure class="card"><figcaption id="by-day-caption">Threads per day</figcaption>
        <div id="by-day"></div></figure>
        <figure class="card"><figcaption>By status</figcaption><ul id="by-status"></ul></figure>
        </section>
        <section class="card list" aria-labelledby="list-heading">
        <h2 id="list-heading" class="hidden">Threads</h2>
        <form id="filter" role="search" aria-label="Threads">
        <div class="field wide"><label for="search">Search</label><input id="search" name="q" type="search"
        placeholder="Messages, titles, users, ids" autocomplete="off" spellcheck="false" maxlength="1000"></div>
        <div class="field"><label for="status">Status</label><select id="status" name="status">
        <option value="">All</option></select></div>
        <div class="field"><label for="user">User</label><input id="user" name="user" list="users"
        placeholder="All" autocomplete="off" spellcheck="false"><datalist id="users"></datalist></div>
        <div class="field day"><label for="from">Created from</label><input id="from" name="from" type="date"></div>
        <div class="field day"><label for="to">Created to</label><input id="to" name="to" type="date"></div>
        <div class="field sort"><label for="sort">Sort by</label><select id="sort" name="sort">
        <option value="created-descending">Newest first</option><option value="created-ascending">Oldest first</option>
        <option value="title-ascending">Title, A to Z</option><option value="title-descending">Title, Z to A</option>
        <option value="user-ascending">User, A to Z</option><option value="user-descending">User, Z to A</option>
        <option value="status-ascending">Status, A to Z</option>
        <option value="status-descending">Status, Z to A</option>
        <option value="items-descending">Most items first</option>
        <option value="items-ascending">Fewest items first</option>
        </select></div>
        <div class="field"><button type="reset">Clear</button></div>
        </form>
        <p id="asked"></p>
        <p id="count" role="status"></p>
        <div id="searched" hidden><p role="status"></p><progress aria-label="Searched"></progress></div>
        <noscript><p class="notice">Your browser runs no script, so the list cannot be shown here.
        The pages of the threads are in the folder <a href="threads/">threads</a>.</p></noscript>
        <table id="table" hidden>
        <caption class="hidden">Threads. The headings sort.</caption>
        <thead><tr>
        <th scope="col" data-column="title"><button type="button">Title</button></th>
        <th scope="col" data-column="status"><button type="button">Status</button></th>
        <th scope="col" data-column="user"><button type="button">User</button></th>
        <th scope="col" data-column="items" class="number"><button type="button">Items</button></th>
        <th scope="col" data-column="created"><button type="button">Created (UTC)</button></th>
        </tr></thead>
        <tbody></tbody>
        </table>
        <nav id="pages" aria-label="Pages of the list" hidden>
        <button type="button" data-to="first">First</button><button type="button" data-to="previous">Previous</button>
        <span id="page"></span>
        <button type="button" data-to="next">Next</button><button type="button" data-to="last">Last</button>
        </nav>
        </section>
        </main>
        """;

    /// <summary>Writes the index.</summary>
    public static void Write(
        TextWriter writer,
        string title,
        DateTime writtenAt,
        string? notice,
        IReadOnlyList<HtmlIndexRow> rows,
        IReadOnlyList<(string Name, int Items)> shards,
        string? filter)
    {
        string shardList = string.Join(",", shards.Select(shard => $"[\"{shard.Name}\",{shard.Items}]"));

        string? nonce = shards.Count == 0 ? null : Nonce(rows, title, notice, shardList);
        Html.WriteHead(writer, title, "Index.css", Scripts, nonce);
        writer.WriteLine("<body>");
        writer.WriteLine("<a class=\"skip\" href=\"#search\">Skip to the search</a>");
        writer.WriteLine("<header class=\"page\">");
        writer.WriteLine("<div class=\"heading\"><p class=\"eyebrow\">ChatKit archive</p><h1 " +
            $"dir=\"auto\">{Html.Escape(PageText.Line(title))}</h1><p class=\"written\">Exported " +
            $"{Html.Time(writtenAt)}</p></div>");
        writer.WriteLine("<dl class=\"totals\">");
        WriteTotal(writer, "Threads", Number(rows.Count));
        WriteTotal(writer, "Items", Number(rows.Sum(row => (long)row.Items)));
        WriteTotal(
            writer, "Users", Number(rows.Where(row => row.User.Length > 0).Select(row => row.User).Distinct().Count()));
        if (rows.Max(row => row.CreatedAt) is { } last)
        {
            WriteTotal(writer, "First thread", Day(rows.Min(row => row.CreatedAt)!.Value));
            WriteTotal(writer, "Last thread", Day(last));
        }

        writer.WriteLine("</dl>");
        if (!string.IsNullOrEmpty(notice))
        {
            writer.WriteLine($"<p class=\"notice\" dir=\"auto\">{Html.Escape(notice)}</p>");
        }

        writer.WriteLine("</header>");
        writer.WriteLine(Frame.Replace("\r\n", "\n"));
        writer.WriteLine("<footer class=\"page\"><p>Days and times are UTC. This page works without a network, and " +
            "sends nothing anywhere.</p></footer>");
        WriteRows(writer, rows);
        string names = $"{{\"filter\":\"{filter}\",\"texts\":[{shardList}]}}";
        writer.WriteLine($"<script id=\"shards\" type=\"application/json\">{names}</script>");
        Html.WriteScript(writer, Scripts, nonce);
        writer.WriteLine("</body>");
        writer.WriteLine("</html>");
    }

    private static void WriteRows(TextWriter writer, IReadOnlyList<HtmlIndexRow> rows)
    {
        writer.WriteLine("<script id=\"rows\" type=\"application/json\">[");
        int written = 0;
        foreach (byte[] row in Json(rows))
        {
            writer.Write(Encoding.UTF8.GetString(row));
            writer.WriteLine(++written < rows.Count ? "," : "");
        }

        writer.WriteLine("]</script>");
    }

    /// <summary>
    /// What lets the shards load: a digest of all that came from users. So no text can name it, and the same threads
    /// make the same page.
    /// </summary>
    private static string Nonce(IReadOnlyList<HtmlIndexRow> rows, params string?[] others)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] part in Json(rows).Concat(others.Select(other => Encoding.UTF8.GetBytes(other ?? ""))))
        {
            hash.AppendData(part);
        }

        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>The rows, of which one at a time is in memory as JSON.</summary>
    private static IEnumerable<byte[]> Json(IReadOnlyList<HtmlIndexRow> rows)
    {
        using MemoryStream bytes = new();
        using Utf8JsonWriter json = new(bytes, Safe);
        foreach (HtmlIndexRow row in rows)
        {
            bytes.SetLength(0);
            json.Reset();
            row.Write(json);
            json.Flush();
            yield return bytes.ToArray();
        }
    }

    private static void WriteTotal(TextWriter writer, string name, string html) =>
        writer.WriteLine($"<div><dt>{name}</dt><dd>{html}</dd></div>");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Day(DateTime day) =>
        string.Format(
            CultureInfo.InvariantCulture, "<time datetime=\"{0:yyyy-MM-dd}\">{0:d MMM yyyy}</time>", day);
}
