using System.Reflection;
using Xunit.Sdk;

namespace ServiceDesk.Storage.Tests.Fixtures;

/// <summary>Runs a theory on SQLite. Its first argument is the provider; further ones are those of <see cref="With"/>.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class OnSqliteAttribute : DataAttribute
{
    /// <summary>Which database.</summary>
    protected virtual DatabaseProvider Provider => DatabaseProvider.Sqlite;

    /// <summary>Further arguments of the theory.</summary>
    public object[] With { get; init; } = [];

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [
            [Provider, .. With],
        ];
}

/// <summary>Runs a theory on the PostgreSQL server that the environment names; skipped by name without one, which CI forbids.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnPostgreSqlAttribute : OnSqliteAttribute
{
    /// <summary>The environment variable with the connection string of a superuser.</summary>
    public const string Variable = "SERVICEDESK_TEST_POSTGRES";

    protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    public override string? Skip
    {
        get => Environment.GetEnvironmentVariable(Variable) is null ? $"{Variable} names no PostgreSQL server." : null;
        set { }
    }
}

/// <summary>Runs a theory on the SQL Server that the environment names; without one nothing runs, and <c>SqlServerTests</c> check its statements.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnSqlServerAttribute : OnSqliteAttribute
{
    /// <summary>The environment variable with the connection string of a server administrator.</summary>
    public const string Variable = "SERVICEDESK_TEST_SQLSERVER";

    protected override DatabaseProvider Provider => DatabaseProvider.SqlServer;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Environment.GetEnvironmentVariable(Variable) is null ? [] : base.GetData(testMethod);
}
