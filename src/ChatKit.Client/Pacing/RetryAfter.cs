// How long a server asks to wait: retry-after-ms, or retry-after in seconds, fractions of them, or as a date.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;

namespace ChatKit.Http;

internal static class RetryAfter
{
    /// <summary>The wait, or null where none was asked for. Of two, the first that is a length of time counts.</summary>
    public static TimeSpan? Of(HttpResponseMessage response) =>
        Span(Number(response, "retry-after-ms") / 1000) ?? Span(Number(response, "retry-after")) ?? UntilDate(response);

    private static TimeSpan? UntilDate(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter?.Date is not { } date)
        {
            return null;
        }

        // Against the server's own clock where it tells it: the two clocks need not agree.
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
