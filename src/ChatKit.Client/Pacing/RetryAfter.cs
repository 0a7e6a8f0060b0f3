// Reads how long the server asks to wait: retry-after-ms, or retry-after in seconds, with or without fraction, or as a
// date.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;

namespace ChatKit.Http;

internal static class RetryAfter
{
    /// <summary>The delay; null if there is none. Of two headers, the first valid one counts.</summary>
    public static TimeSpan? Of(HttpResponseMessage response) =>
        Span(Number(response, "retry-after-ms") / 1000) ?? Span(Number(response, "retry-after")) ?? UntilDate(response);

    private static TimeSpan? UntilDate(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter?.Date is not { } date)
        {
            return null;
        }

        // Relative to the response's Date header if there is one, because the two clocks may differ.
        DateTimeOffset now = response.Headers.Date ?? Clock.System.UtcNow;
        return date > now ? date - now : TimeSpan.Zero;
    }

    private static double? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out IEnumerable<string>? values) &&
        double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : null;

    private static TimeSpan? Span(double? seconds) =>
        seconds >= 0 && seconds <= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds.Value) : null;
}
