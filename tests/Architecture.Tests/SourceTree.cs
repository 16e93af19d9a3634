using System.Reflection;

namespace Architecture.Tests;

/// <summary>The files of the checkout, without what is generated or fetched.</summary>
public sealed class SourceTree(string root)
{
    private static readonly string[] Left = ["artifacts", "bin", "obj", "node_modules", ".git", "dist", "lib"];

    /// <summary>The checkout that these tests were built from.</summary>
    public static SourceTree OfTheProduct { get; } = new(FindRoot());

    public string Root { get; } = root;

    public IReadOnlyList<SourceFile> Files(string folder, params string[] endings) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? [.. Walk(Path.Combine(Root, folder)).Where(f => endings.Any(f.EndsWith)).Order().Select(Read)]
            : [];

    private SourceFile Read(string path) =>
        new(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path));

    private static IEnumerable<string> Walk(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Concat(
                Directory.EnumerateDirectories(folder).Where(d => !Left.Contains(Path.GetFileName(d))).SelectMany(Walk)
            );

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServiceDesk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("These tests run inside the checkout only.");
    }
}

/// <summary>A file with its path from the root, slashes forward.</summary>
public sealed record SourceFile(string Path, string Text);
