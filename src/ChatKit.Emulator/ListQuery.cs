// The query of a list request, validated against the API's limits.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;

namespace ChatKit.Emulator;

internal sealed class ListQuery
{
    private const int DefaultLimit = 20;
    private const int HighestLimit = 100;
    private const int LongestUser = 512;

    private readonly Dictionary<string, string> _values;

    private ListQuery(Dictionary<string, string> values) => _values = values;

    public int Limit { get; private set; } = DefaultLimit;

    public bool Descending { get; private set; } = true;

    public string? After => Value("after");

    public string? Before => Value("before");

    public string? User => Value("user");

    /// <summary>Reads a query. Returns the API's error response too if a parameter is invalid.</summary>
    public static (ListQuery Query, HttpResponseMessage? Refusal) Read(Uri uri, bool hasUser)
    {
        ListQuery query = new(uri.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries).Select(
            pair => pair.Split(['='], 2))
            .GroupBy(pair => Decode(pair[0])).ToDictionary(
                group => group.Key, group => group.Last().Length > 1 ? Decode(group.Last()[1]) : ""));
        return (query, query.Check(hasUser));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private string? Value(string name) => _values.TryGetValue(name, out string? value) ? value : null;

    private HttpResponseMessage? Check(bool hasUser)
    {
        if (Value("limit") is { } limit)
        {
            if (!int.TryParse(limit, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ||
                number is < 0 or > HighestLimit)
            {
                return Responses.BadRequest(
                    $"Invalid value for 'limit': expected an integer from 0 to {HighestLimit}, but got '{limit}'.",
                    "limit");
            }

            Limit = number;
        }

        if (Value("order") is { } order)
        {
            if (order is not ("asc" or "desc"))
            {
                return Responses.BadRequest(
                    $"Invalid value for 'order': expected 'asc' or 'desc', but got '{order}'.", "order");
            }

            Descending = order == "desc";
        }

        return hasUser && User is { Length: 0 or > LongestUser }
            ? Responses.BadRequest(
                $"Invalid value for 'user': expected 1 to {LongestUser} characters, but got {User.Length}.", "user")
            : null;
    }
}
