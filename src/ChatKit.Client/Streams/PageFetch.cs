// Fetches a page of a list.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Streams;

/// <summary>Sends the request for one page.</summary>
/// <param name="page">Which page.</param>
/// <param name="exchanges">Receives each attempt.</param>
/// <param name="cancellationToken">Cancels the request.</param>
internal delegate Task<ChatKitPage<T>> PageFetch<T>(
    ChatKitListOptions page, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    where T : ChatKitObject;
