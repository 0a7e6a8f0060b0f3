// Reads timestamps as local time: unix seconds as in the schema, or ISO 8601 as in OpenAI's other APIs.
using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

internal sealed class TimestampConverter : JsonConverter<DateTime?>
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly double EarliestSecond = (DateTime.MinValue - Epoch).TotalSeconds;

    // Integer division: a fraction would be rounded up to the year 10000.
    private static readonly double LatestSecond = (DateTime.MaxValue - Epoch).Ticks / TimeSpan.TicksPerSecond;

    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    /// <summary>
    /// Reads the value at the reader; null if it is no timestamp. An invalid one must not fail the page.
    /// </summary>
    public static DateTime? Read(ref Utf8JsonReader reader)
    {
        if (!TryRead(ref reader, out DateTime? moment))
        {
            reader.Skip();
        }

        return moment;
    }

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    /// <summary>
    /// Reads the value at the reader. Returns false, and reads nothing, if it is no timestamp. JSON null is valid.
    /// </summary>
    public static bool TryRead(ref Utf8JsonReader reader, out DateTime? moment)
    {
        moment = reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetDouble(out double seconds) => FromUnixSeconds(seconds),
            JsonTokenType.String when TryParse(reader.GetString()!, out DateTimeOffset parsed) => parsed.LocalDateTime,
            _ => null,
        };
        return moment is not null || reader.TokenType == JsonTokenType.Null;
    }

    private static DateTime? FromUnixSeconds(double seconds) =>
        seconds >= EarliestSecond && seconds <= LatestSecond
            ? Epoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)).ToLocalTime()
            : null;

    /// <summary>
    /// Parses ISO 8601. A time without an offset is UTC. A text without a date is rejected, because the parser would
    /// assume today's.
    /// </summary>
    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        moment = default;
        return text.Length >= "yyyy-MM-dd".Length && text[4] == '-' &&
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
    }
}
