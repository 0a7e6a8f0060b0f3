// How a page of a list is asked for.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Streams;

/// <summary>Sends the request for one page.</summary>
/// <param name="page">Which page.</param>
/// <param name="exchanges">Is told of each attempt.</param>
/// <param name="cancellationToken">Ends the request.</param>
internal delegate Task<ChatKitPage<T>> PageFetch<T>(
    ChatKitListOptions page, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    where T : ChatKitObject;
