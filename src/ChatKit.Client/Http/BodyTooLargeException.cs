// The exception for a response body over the size limit.
using System;
using System.IO;

namespace ChatKit.Http;

/// <summary>A response body is larger than <see cref="ChatKitClientOptions.MaximumResponseSize"/>.</summary>
internal sealed class BodyTooLargeException(int limit)
    : IOException(FormattableString.Invariant(
        $"It is larger than {limit:N0} bytes, which is the MaximumResponseSize of the connection"));
