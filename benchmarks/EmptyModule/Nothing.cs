// All there is in the empty module: something that makes it one, and nothing to do.
using System.Management.Automation;

namespace ChatKit.Benchmarks;

internal sealed class Nothing : IModuleAssemblyInitializer
{
    public void OnImport()
    {
    }
}
