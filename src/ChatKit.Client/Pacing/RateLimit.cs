// Reads the rate-limit headers: x-ratelimit-remaining-requests and x-ratelimit-reset-requests.
using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;

namespace ChatKit.Http;

internal static class RateLimit
{
    // Such as 120ms, 1s, 6m0s.
    private static readonly Regex Duration = new(
        @"^(?:(\d{1,4})h)?(?:(\d{1,4})m(?!s))?(?:(\d{1,4}(?:\.\d+)?)s)?(?:(\d{1,7}(?:\.\d+)?)ms)?$",
        RegexOptions.CultureInvariant);

    /// <summary>The time until the limit is reset if no requests remain; otherwise null.</summary>
    public static TimeSpan? WaitOf(HttpResponseMessage response) =>
        Header(response, "x-ratelimit-remaining-requests") == "0" &&
            Header(response, "x-ratelimit-reset-requests") is { } reset
            ? Parse(reset)
            : null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First().Trim() : null;

    private static TimeSpan? Parse(string text)
    {
        Match match = Duration.Match(text);
        if (text.Length == 0 || !match.Success)
        {
            return null;
        }

        double minutes = (60 * Number(match.Groups[1])) + Number(match.Groups[2]);
        double seconds = Number(match.Groups[3]) + (Number(match.Groups[4]) / 1000);
        return TimeSpan.FromSeconds((60 * minutes) + seconds);
    }

    private static double Number(Group group) =>
        group.Success ? double.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
}
