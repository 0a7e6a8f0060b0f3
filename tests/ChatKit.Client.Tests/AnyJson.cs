// Makes answers for the property tests: JSON of any form in the words of the API, and valid answers with something done
// to them.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ChatKit.Tests;

/// <summary>An answer, shown as text where a property does not hold for it.</summary>
internal sealed class AnyAnswer(byte[] body)
{
    public byte[] Body { get; } = body;

    public override string ToString() => $"{Encoding.UTF8.GetString(Body)} (in Base64: {Convert.ToBase64String(Body)})";
}

/// <summary>What an answer may be read as.</summary>
internal enum Reading
{
    Thread,
    Threads,
    Items,
    Deletion,
    Session,
}

internal static class AnyJson
{
    private static readonly string[] Names =
    [
        "id", "object", "created_at", "title", "status", "user", "items", "data", "has_more", "last_id", "type",
        "reason", "thread_id", "content", "text",
        "annotations", "source", "filename", "url", "attachments", "name", "mime_type", "inference_options",
        "tool_choice", "model", "widget", "call_id",
        "arguments", "output", "task_type", "heading", "summary", "tasks", "deleted", "client_secret", "expires_at",
        "workflow", "version", "tracing", "enabled",
        "rate_limits", "max_requests_per_1_minute", "chatkit_configuration", "file_upload", "max_files", "history",
        "recent_threads", "new", "", @"i\u0064", @"\ud800", "é", "Id",
    ];

    private static readonly string[] Strings =
    [
        "cthr_1", "chatkit.thread", "chatkit.session", "active", "chatkit.user_message", "assistant_message",
        "chatkit.widget", "client_tool_call", "task", "chatkit.task_group",
        "new", "input_text", "quoted_text", "output_text", "file", "url", "ek_0123456789abc", "2024-04-05T19:34:38Z",
        "9999-12-31T23:59:59.9999999-14:00", "0001-01-01", "NaN", "",
        " ", @"\ud83d", @"\udc00x\ud83d\ude00", @"\u0000", @"\u001b[31m", "\u202e", @"\""\\\/\b\f\n\r\t", "ünï日本🎉",
        @"\u00e9", new('x', 300),
    ];

    private static readonly string[] Others =
    [
        "null", "true", "false", "0", "-0", "-1", "7", "1712345678", "253402300799", "253402300800", "-62135596800",
        "-62135596801", "9999999999999", "1.5", "1e2", "1e400", "-1e400",
        "1e-400", "2147483648", "99999999999999999999999", "{}", "[]", "[null]", """{"type":"task"}""",
        """{"data":[{"type":"new"}]}""",
    ];

    private static readonly (Reading Reading, string Json)[] Valid =
    [
        (Reading.Thread, """{"id":"cthr_1","object":"chatkit.thread","created_at":1712345678,"title":"Gr\u00fc\u00dfe 🎉","status":{"type":"locked","reason":"Spam"},"user":"u"}"""),
        (Reading.Thread, """{"id":"cthr_1","title":"T","items":{"data":[{"id":"i","type":"user_message","content":[{"type":"input_text","text":"Hi"}],"attachments":[]},{"type":"chatkit.task","heading":"H"}],"has_more":false}}"""),
        (Reading.Threads, """{"object":"list","data":[{"id":"cthr_1","created_at":60,"status":{"type":"active"}},{"id":"cthr_2","title":null,"status":"closed"},null],"first_id":"cthr_1","last_id":"cthr_2","has_more":true}"""),
        (Reading.Items, """
        {"data":[{"id":"1","thread_id":"cthr_1","created_at":60.5,"type":"chatkit.user_message","content":[{"type":"quoted_text","text":"a\nb"},{"type":"input_text","text":"\ud83c\udf89"}],
         "attachments":[{"type":"image","id":"f","name":"a.png","mime_type":"image/png","preview_url":"https://example.com"}],"inference_options":{"tool_choice":{"id":"t"},"model":"m"}},
         {"id":"2","type":"assistant_message","content":[{"type":"output_text","text":"x","annotations":[{"type":"file","source":{"type":"file","filename":"a"}},{"type":"url","source":{"url":"u"}},{"type":"map"}]}]},
         {"id":"3","type":"chatkit.task_group","tasks":[{"type":"custom","heading":"A","summary":null}]},{"id":"4","type":"widget","widget":"{\"type\":\"Card\"}"},
         {"id":"5","type":"client_tool_call","status":"completed","call_id":"c","name":"n","arguments":"{}","output":null},{"id":"6","type":"task","task_type":"thought"},{"id":"7","type":"form","x":[{}]}],"has_more":false}
        """),
        (Reading.Deletion, """{"id":"cthr_1","object":"chatkit.thread.deleted","deleted":true}"""),
        (Reading.Session, """
        {"id":"s","object":"chatkit.session","expires_at":1712345678,"client_secret":"ek_0123456789","workflow":{"id":"w","version":"1","state_variables":{"a":1},"tracing":{"enabled":true}},"user":"u",
         "rate_limits":{"max_requests_per_1_minute":10},"max_requests_per_1_minute":10,"status":"active","chatkit_configuration":{"automatic_thread_titling":{"enabled":true},
         "file_upload":{"enabled":false,"max_file_size":512,"max_files":10},"history":{"enabled":true,"recent_threads":null}}}
        """),
    ];

    private static readonly byte[] OddBytes =
        [.. "{}[]\",:\\/-+.eE019untf \n\0"u8.ToArray(), 0x1b, 0x7f, 0x80, 0xc0, 0xe2, 0xed, 0xf4, 0xff];

    /// <summary>
    /// Well-formed JSON: trees in the words of the API, names twice in an object, odd numbers and strings, deep nests.
    /// </summary>
    public static Arbitrary<AnyAnswer> Trees() => Arb.From(
        from body in Gen.OneOf(Gen.Sized(size => Value(size / 4)), Gen.Sized(size => Answer(size / 4)))
        from depth in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(1, 100)))
        from around in Gen.Elements(
            "[|]", """{"id":"cthr_1","new":|}""", """{"data":[|]}""", """{"id":"cthr_1","items":{"data":[|]}}""")
        select new AnyAnswer(
            Encoding.UTF8.GetBytes(Repeat(around.Split('|')[0], depth) + body + Repeat(around.Split('|')[1], depth))),
        Shrink);

    /// <summary>
    /// Valid answers of which bytes were deleted, doubled, replaced or added, values exchanged or replaced, or the end
    /// cut off; one to four times.
    /// </summary>
    public static Arbitrary<AnyAnswer> Mutations() => Arb.From(
        from valid in Gen.Elements(Valid)
        from count in Gen.Elements(1, 1, 1, 2, 4)
        from changes in Gen.ListOf(
            Gen.Zip(
                Gen.Choose(0, 7),
                Gen.ListOf(Gen.Choose(0, int.MaxValue - 1), 2),
                (kind, at) => (Kind: kind, At: at.ToArray())),
            count)
        from other in Gen.Sized(size => Value(size / 10))
        select new AnyAnswer(changes.Aggregate(Encoding.UTF8.GetBytes(valid.Json), (body, change) => Change(
            body, change.Kind, change.At, Encoding.UTF8.GetBytes(other)))),
        Shrink);

    /// <summary>
    /// Every valid answer with each of its values replaced by each odd one, in turn, and as what it is to be read.
    /// </summary>
    /// <param name="step">One in how many is given.</param>
    public static IEnumerable<(Reading Reading, AnyAnswer Answer)> Replacements(int step)
    {
        string[] odd = [.. Others, .. Strings.Select(text => $"\"{text}\"")];
        return (from valid in Valid
                let bytes = Encoding.UTF8.GetBytes(valid.Json)
                from value in Values(bytes)
                from other in odd
                select (valid.Reading, new AnyAnswer(
                    [.. bytes.Take(value.Start), .. Encoding.UTF8.GetBytes(other), .. bytes.Skip(
                        value.Start + value.Length)])))
            .Where((_, index) => index % step == 0);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static Gen<string> Text() =>
        Gen.Frequency((9, Gen.Elements(Strings)), (1, Gen.Select(
            Gen.Choose(0x20, 0x2fff), c => c is '"' or '\\' ? "x" : ((char)c).ToString())));

    private static Gen<string> Value(int size)
    {
        Gen<string> scalar = Gen.OneOf(Gen.Select(Text(), text => $"\"{text}\""), Gen.Elements(Others));
        return size <= 0
            ? scalar
            : Gen.Frequency((2, scalar), (3, Object(size)), (2, Gen.Select(
                Gen.ListOf(Value(size / 3)), values => $"[{string.Join(",", values.Take(6))}]")));
    }

    private static Gen<string> Object(int size) => Gen.Select(
        Gen.ListOf(Gen.Zip(Gen.Elements(Names), Value(size / 3), (name, value) => $"\"{name}\":{value}")),
        members => $"{{{string.Join(" , ", members.Take(8))}}}");

    /// <summary>Something that begins as an answer does, so that more than the first look at it is tested.</summary>
    private static Gen<string> Answer(int size) =>
        from start in Gen.Elements(
            """{"id":"cthr_1" """,
            """{"id":"cthr_1","deleted":true """,
            """{"data":[] """,
            """{"data":[{"id":"a"},OBJECT]""",
            """{"id":"cthr_1","items":{"data":[OBJECT,OBJECT]}""")
        from inner in Object(size)
        from name in Gen.Elements(Names)
        from value in Value(size)
        select start.Replace("OBJECT", inner) + $",\"{name}\":{value}}}";

    private static byte[] Change(byte[] body, int kind, int[] at, byte[] other)
    {
        List<byte> bytes = [.. body];
        int place = at[0] % (body.Length + 1);
        int count = Math.Min(1 + (at[1] % 8), body.Length - place);
        switch (kind)
        {
            case 0:
                bytes.RemoveRange(place, count);
                break;
            case 1:
                bytes.InsertRange(place, bytes.GetRange(place, count));
                break;
            case 2 when place < body.Length:
                bytes[place] = OddBytes[at[1] % OddBytes.Length];
                break;
            case 3:
                bytes.Insert(place, OddBytes[at[1] % OddBytes.Length]);
                break;
            case 4:
                bytes.RemoveRange(place, body.Length - place);
                break;
            default:
                return Exchange(bytes, at, kind == 5 ? null : other);
        }

        return [.. bytes];
    }

    /// <summary>
    /// Exchanges two values that are not in one another, or replaces one; where what is there is still JSON.
    /// </summary>
    private static byte[] Exchange(List<byte> bytes, int[] at, byte[]? other)
    {
        List<(int Start, int Length)> values = Values([.. bytes]);
        if (values.Count < 2)
        {
            return [.. bytes];
        }

        (int Start, int Length) first = values[at[0] % values.Count];
        (int Start, int Length) second = values[at[1] % values.Count];
        if (other is not null)
        {
            bytes.RemoveRange(first.Start, first.Length);
            bytes.InsertRange(first.Start, other);
            return [.. bytes];
        }

        if (first.Start > second.Start)
        {
            (first, second) = (second, first);
        }

        if (first.Start + first.Length <= second.Start)
        {
            List<byte> one = bytes.GetRange(first.Start, first.Length);
            List<byte> two = bytes.GetRange(second.Start, second.Length);
            bytes.RemoveRange(second.Start, second.Length);
            bytes.InsertRange(second.Start, one);
            bytes.RemoveRange(first.Start, first.Length);
            bytes.InsertRange(first.Start, two);
        }

        return [.. bytes];
    }

    private static List<(int Start, int Length)> Values(byte[] json)
    {
        List<(int, int)> values = [];
        try
        {
            Utf8JsonReader reader = new(json);
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject))
                {
                    Utf8JsonReader end = reader;
                    int start = (int)reader.TokenStartIndex;
                    end.Skip();
                    values.Add((start, (int)end.BytesConsumed - start));
                }
            }
        }
        catch (JsonException)
        {
            // An earlier change left something that is no JSON; what comes before it can still be exchanged.
        }

        return values;
    }

    /// <summary>The same with less of it: halves, quarters and so on are left out in turn.</summary>
    private static IEnumerable<AnyAnswer> Shrink(AnyAnswer answer)
    {
        byte[] body = answer.Body;
        for (int length = body.Length / 2; length >= 1; length /= 2)
        {
            for (int start = 0; start + length <= body.Length; start += length)
            {
                List<byte> less = [.. body];
                less.RemoveRange(start, length);
                yield return new AnyAnswer([.. less]);
            }
        }
    }
}
