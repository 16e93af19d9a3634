using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using NodaTime;

namespace ServiceDesk.Storage.Tests.Schema;

/// <summary>A value of any type, as good as another: one item in a list, one letter in a text.</summary>
internal static class AnyValue
{
    private const int Deepest = 6;

    public static object? Of(Type type, int depth = 0)
    {
        if (type == typeof(string))
        {
            return "x";
        }

        if (type == typeof(Stream))
        {
            return new MemoryStream([1]);
        }

        if (type == typeof(CancellationToken))
        {
            return CancellationToken.None;
        }

        if (type == typeof(Instant))
        {
            return Instant.FromUtc(2026, 11, 2, 9, 0);
        }

        if (type == typeof(LocalDate))
        {
            return new LocalDate(2026, 11, 2);
        }

        if (Nullable.GetUnderlyingType(type) is { } some)
        {
            return Of(some, depth);
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(0);
        }

        if (typeof(Delegate).IsAssignableFrom(type) || depth > Deepest)
        {
            return null;
        }

        return ListOf(type, depth) ?? (type.IsAbstract ? SubclassOf(type, depth) : MadeOf(type, depth));
    }

    private static object? ListOf(Type type, int depth)
    {
        if (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type))
        {
            var item =
                type.GetElementType()
                ?? type.GetInterfaces()
                    .Append(type)
                    .First(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                    .GetGenericArguments()[0];
            var array = Array.CreateInstance(item, 1);
            array.SetValue(Of(item, depth + 1), 0);
            return type.IsInstanceOfType(array) ? array : Built(type, item, array);
        }

        return null;
    }

    private static object? Built(Type type, Type item, Array array)
    {
        if (type.GetCustomAttribute<CollectionBuilderAttribute>() is { } builder)
        {
            var method = builder
                .BuilderType.GetMethods()
                .First(one =>
                    one.Name == builder.MethodName && one.GetParameters() is [{ ParameterType.IsByRefLike: true }]
                );
            return typeof(AnyValue)
                .GetMethod(nameof(Spanned), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(item, type)
                .Invoke(null, [method.MakeGenericMethod(item), array]);
        }

        return type.GetConstructors()
                .FirstOrDefault(one => one.GetParameters() is [var only] && only.ParameterType.IsInstanceOfType(array))
                ?.Invoke([array])
            ?? type.GetConstructor([])?.Invoke([]);
    }

    private delegate TList Build<T, TList>(ReadOnlySpan<T> items);

    private static TList Spanned<T, TList>(MethodInfo method, T[] items) =>
        method.CreateDelegate<Build<T, TList>>()(items);

    private static object? SubclassOf(Type type, int depth) =>
        type
            .Assembly.GetTypes()
            .FirstOrDefault(one => one is { IsAbstract: false, IsGenericType: false } && type.IsAssignableFrom(one))
            is { } found
            ? MadeOf(found, depth)
            : null;

    private static object? MadeOf(Type type, int depth)
    {
        var made = type.GetConstructors().OrderBy(one => one.GetParameters().Length).FirstOrDefault();
        return made is null
            ? (type.IsValueType ? Activator.CreateInstance(type) : null)
            : made.Invoke([.. made.GetParameters().Select(one => Of(one.ParameterType, depth + 1))]);
    }
}
