using System.Data.Common;
using System.Globalization;

namespace ServiceDesk.Storage.Connections;

/// <summary>SQL with the values of its parameters <c>@p0</c>, <c>@p1</c> and so on.</summary>
internal readonly record struct Statement(string Sql, params object?[] Values)
{
    private static readonly string[] Names =
    [
        .. Enumerable.Range(0, 256).Select(i => string.Create(CultureInfo.InvariantCulture, $"@p{i}")),
    ];

    /// <summary>The name of a parameter.</summary>
    public static string Name(int index) => Names[index];

    /// <summary>A list of parameter names for <c>IN</c>, from the first to before the last.</summary>
    public static string List(int count) => string.Join(", ", Names.AsSpan(0, count).ToArray());

    /// <summary>Adds the values as parameters.</summary>
    public void Bind(DbParameterCollection parameters, Func<DbParameter> create)
    {
        for (var index = 0; index < Values.Length; index++)
        {
            var parameter = create();
            parameter.ParameterName = Names[index];
            parameter.Value = Values[index] ?? DBNull.Value;
            parameters.Add(parameter);
        }
    }
}
