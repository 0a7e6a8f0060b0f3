// Says that a response body is over the limit.
using System;
using System.IO;

namespace ChatKit.Http;

/// <summary>A body has more bytes than the connection takes.</summary>
internal sealed class BodyTooLargeException(int limit)
    : IOException(FormattableString.Invariant($"It is larger than {limit:N0} bytes, which is the MaximumResponseSize of the connection"));
