// The compiler's marker for code that runs when an assembly is loaded; .NET Framework has none.
#if NETFRAMEWORK
namespace System.Runtime.CompilerServices;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class ModuleInitializerAttribute : Attribute
{
}
#endif
