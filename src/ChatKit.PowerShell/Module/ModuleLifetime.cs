// What happens on import.
using System.Management.Automation;
#if NETFRAMEWORK
using System;
using System.IO;
using System.Reflection;
#endif

namespace ChatKit.PowerShell;

/// <summary>Is called by PowerShell when the module is imported.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer
{
#if NETFRAMEWORK
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleLifetime).Assembly.Location)!;
    private static int _installed;
#endif

    /// <summary>Prepares the module.</summary>
    public void OnImport()
    {
#if NETFRAMEWORK
        // A module has no binding redirects, so versions that differ are brought together here. The handler stays:
        // another runspace may need it.
        if (System.Threading.Interlocked.Exchange(ref _installed, 1) == 0)
        {
            AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => Resolve(wanted);
        }
#endif
        LoadModels();
    }

    /// <summary>
    /// Loads the assembly of the models, so that <c>[ChatKit.ChatKitThread]</c> is known right after the import.
    /// </summary>
    private static void LoadModels() =>
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(ChatKitThread).TypeHandle);

#if NETFRAMEWORK
    /// <summary>
    /// Answers for files of the module's own folder, asked for by assemblies from there; for nobody else's.
    /// </summary>
    private static Assembly? Resolve(ResolveEventArgs wanted)
    {
        string? asker = wanted.RequestingAssembly?.Location;
        if (asker is not null &&
            !string.Equals(Path.GetDirectoryName(asker), Folder, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string file = Path.Combine(Folder, new AssemblyName(wanted.Name).Name + ".dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }
#endif
}
