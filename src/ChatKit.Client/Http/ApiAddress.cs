// Builds the addresses of the API. Ids and query values are escaped, so that they cannot change the endpoint.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ChatKit.Json;

namespace ChatKit.Http;

internal static class ApiAddress
{
    // After escaping. .NET limits an address to 65,519 characters, and servers to far fewer.
    private const int LongestValue = 8192;

    /// <summary>The address of an object, or of a resource below it.</summary>
    /// <param name="baseUri">The base address of the API, with a slash at its end.</param>
    /// <param name="collection">The collection, such as <c>chatkit/threads</c>.</param>
    /// <param name="what">The object's name for messages, such as <c>thread</c>.</param>
    /// <param name="id">The object's id.</param>
    /// <param name="below">The path below the object, such as <c>/items</c>; empty for the object itself.</param>
    /// <param name="query">The query, with its question mark; empty for none.</param>
    /// <exception cref="ChatKitApiException">The id is invalid.</exception>
    public static Uri Of(Uri baseUri, string collection, string what, string? id, string below = "", string query = "")
    {
        if (string.IsNullOrWhiteSpace(id) || id is "." or "..")
        {
            throw Invalid(
                id is "." or ".."
                    ? $"'{id}' is not the id of a {what}."
                    : $"The id of a {what} is missing: it is null, empty or blank.");
        }

        string path = $"{collection}/{Escape("An id", id!)}{below}";
        Uri uri = new(baseUri.AbsoluteUri + path + query);

        // Some frameworks unescape slashes and dots, which would lead to another endpoint.
        return uri.AbsolutePath.EndsWith("/" + path, StringComparison.Ordinal)
            ? Whole(uri, query)
            : throw Invalid($"The id '{PrintableText.Excerpt(id!)}' cannot be part of an address.");
    }

    /// <summary>The address of a list.</summary>
    /// <exception cref="ChatKitApiException">An address cannot carry one of the values.</exception>
    public static Uri OfList(Uri baseUri, string collection, ChatKitListOptions options)
    {
        string query = Query(options);
        return Whole(new Uri(baseUri.AbsoluteUri + collection + query), query);
    }

    /// <summary>
    /// Checks that the query is unchanged. Some frameworks drop invisible characters, and would list another user's
    /// threads.
    /// </summary>
    private static Uri Whole(Uri uri, string query) =>
        uri.Query == query
            ? uri
            : throw Invalid("A value of the query has characters in it that no address can carry here.");

    /// <summary>The query of a list. Null values are left out.</summary>
    /// <exception cref="ChatKitApiException">An address cannot carry one of the values.</exception>
    public static string Query(ChatKitListOptions options)
    {
        (string Name, string? Value)[] parameters =
        [
            ("limit", options.Limit?.ToString(CultureInfo.InvariantCulture)),
            ("order", NameOf(options.Order)),
            ("after", options.After),
            ("before", options.Before),
            ("user", options.User),
        ];
        IEnumerable<string> given = parameters.Where(parameter => parameter.Value is not null).Select(
            parameter => $"{parameter.Name}={Escape($"'{parameter.Name}'", parameter.Value!)}");
        string query = string.Join("&", given);
        return query.Length == 0 ? "" : "?" + query;
    }

    private static string? NameOf(ChatKitOrder? order) => order switch
    {
        ChatKitOrder.Ascending => "asc",
        ChatKitOrder.Descending => "desc",
        _ => null,
    };

    private static string Escape(string what, string text)
    {
        if (LoneSurrogates.AreIn(text))
        {
            throw Invalid($"'{PrintableText.Excerpt(text)}' is not valid Unicode.");
        }

        string escaped = text.Length > LongestValue ? text : Uri.EscapeDataString(text);
        return escaped.Length <= LongestValue
            ? escaped
            : throw Invalid($"{what} of {text.Length} characters is too long.");
    }

    private static ChatKitApiException Invalid(string message) => new(ChatKitErrorKind.InvalidId, message);
}
