// Points in time: unix seconds by the schema, ISO 8601 on neighbouring surfaces. Both become local time.
using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

internal sealed class TimestampConverter : JsonConverter<DateTime?>
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly double EarliestSecond = (DateTime.MinValue - Epoch).TotalSeconds;

    // In whole numbers: as a fraction, a tick before the year 10000 is rounded up to it.
    private static readonly double LatestSecond = (DateTime.MaxValue - Epoch).Ticks / TimeSpan.TicksPerSecond;

    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    /// <summary>Reads the value that the reader is at; null where it is no timestamp: one that is odd is not to cost a page.</summary>
    public static DateTime? Read(ref Utf8JsonReader reader)
    {
        if (!TryRead(ref reader, out DateTime? moment))
        {
            reader.Skip();
        }

        return moment;
    }

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options) => throw new NotSupportedException();

    /// <summary>Reads the value that the reader is at; false, with nothing read, where it is no timestamp. Null is one: none.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out DateTime? moment)
    {
        moment = reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetDouble(out double seconds) => FromUnixSeconds(seconds),
            JsonTokenType.String => FromText(reader.GetString()!),
            _ => null,
        };
        return moment is not null || reader.TokenType == JsonTokenType.Null;
    }

    private static DateTime? FromUnixSeconds(double seconds) =>
        seconds >= EarliestSecond && seconds <= LatestSecond ? Epoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)).ToLocalTime() : null;

    // Without an offset the time is the server's, which is UTC, never the reader's. Without a date first the parser would take today's.
    private static DateTime? FromText(string text) =>
        text.Length >= "yyyy-MM-dd".Length && text[4] == '-' &&
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment.LocalDateTime
            : null;
}
