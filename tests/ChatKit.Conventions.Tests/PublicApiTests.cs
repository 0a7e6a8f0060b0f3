// The public API of the client, held to ChatKit.Client.PublicApi.txt, so that a change of it is seen in review. With
// CHATKIT_WRITE_EXPECTED=1 the file is written anew.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace ChatKit.Tests;

public class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public void It_is_what_it_was_and_the_same_in_both_builds()
    {
        string file = Repository.PathOf("tests", "ChatKit.Conventions.Tests", "ChatKit.Client.PublicApi.txt");
        string[] api = [.. Describe(StagedBuild.Net8)];
        if (Environment.GetEnvironmentVariable("CHATKIT_WRITE_EXPECTED") == "1")
        {
            File.WriteAllText(file, string.Join('\n', api) + "\n");
        }

        Assert.Equal(File.ReadAllLines(file), api);
        Assert.Equal(api, Describe(StagedBuild.Net472));
    }

    private static IEnumerable<string> Describe(string framework) =>
        from type in StagedBuild.Of(framework).Own.Single(assembly => assembly.GetName().Name == "ChatKit.Client")
            .GetExportedTypes()
        orderby type.FullName
        from line in (
            string[])[Head(type), .. Members(type).Select(member => "    " + member).Order(StringComparer.Ordinal)]
        select line;

    private static string Head(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        IEnumerable<string> above = type.IsEnum ? [] : new[] { type.BaseType }.OfType<Type>()
            .Where(parent => parent.FullName is not ("System.Object" or "System.ValueType"))
            .Concat(type.GetInterfaces().Where(face => face.IsPublic && !(type.BaseType?.GetInterfaces() ?? []).Contains(face))).Select(Name).Order(StringComparer.Ordinal);
        return $"{kind} {type.Namespace}.{Name(type)}" + (above.Any() ? " : " + string.Join(", ", above) : "");
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(Declared).Where(field => field.IsLiteral)
                .Select(field => $"{field.Name} = {field.GetRawConstantValue()}");
        }

        return type.GetConstructors(Declared).Where(IsSeen).Select(made => $"{Access(made)}new({Parameters(made)})")
            .Concat(type.GetMethods(Declared).Where(method => IsSeen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)))
                .Select(method => $"{Access(method)}{Name(method.ReturnType)} " +
                    $"{method.Name}{Generic(method)}({Parameters(method)})"))
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
                .Select(field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}"))
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsSeen))
                .Select(property => $"{Access(property.GetAccessors(true).First(IsSeen))}{Name(property.PropertyType)} {property.Name} {{{Accessors(property)} }}"))
            .Concat(type.GetEvents(Declared).Where(raised => IsSeen(raised.AddMethod!)).Select(raised => $"event {Name(raised.EventHandlerType!)} {raised.Name}"));
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) =>
        (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : "") +
            (method is MethodInfo { IsAbstract: true } ? "abstract " : "");

    private static string Accessors(PropertyInfo property)
    {
        string get = property.GetMethod is { } getter && IsSeen(getter) ? " get;" : "";
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers()
            .Any(modifier => modifier.Name == "IsExternalInit") == true;
        return get + (property.SetMethod is { } setter && IsSeen(setter) ? isInit ? " init;" : " set;" : "");
    }

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
            : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} " +
        $"{parameter.Name}" + (parameter.IsOptional ? $" = {parameter.RawDefaultValue ?? "default"}" : "")));

    private static string Name(Type type) =>
        type.IsArray ? Name(type.GetElementType()!) + "[]"
        : type.IsByRef ? "ref " + Name(type.GetElementType()!)
        : type.IsGenericParameter ? type.Name
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
