// Collects the attempts of a request, so that the caller can write them on its own thread.
using System;
using System.Collections.Generic;

namespace ChatKit.Streams;

internal sealed class ExchangeRecorder : List<ChatKitExchange>, IProgress<ChatKitExchange>
{
    public void Report(ChatKitExchange value) => Add(value);
}
