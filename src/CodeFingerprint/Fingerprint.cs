using System.Security.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pipeline.CodeFingerprint;

/// <summary>
/// SHA-256 hashes of code, equal for code whose tokens are equal but for what a formatter may change (see
/// <see cref="CountedTokens"/>). Each text is written with its length before it and each list is ended by an empty
/// text, so that other code never gives the same bytes. The kinds of tokens follow from their texts and the language
/// version, and are numbered as the compiler pleases, so they are left out.
/// </summary>
internal static class Fingerprint
{
    /// <summary>The hash of an assembly's core: settings, embedded resources and all files but those that hold operations.</summary>
    public static string OfCore(
        CSharpCompilation compilation,
        FingerprintInputs inputs,
        ISet<SyntaxTree> operationFiles,
        CancellationToken cancellation
    ) =>
        Hash(writer =>
        {
            writer.Write((int)compilation.LanguageVersion);
            writer.Write((int)compilation.Options.NullableContextOptions);
            writer.Write(compilation.Options.CheckOverflow);
            var symbols = compilation.SyntaxTrees.SelectMany(tree => tree.Options.PreprocessorSymbolNames);
            WriteAll(writer, new SortedSet<string>(symbols, StringComparer.Ordinal));
            WriteAll(writer, inputs.Resources);
            WriteFiles(
                writer,
                compilation.SyntaxTrees.Where(tree => !operationFiles.Contains(tree)),
                inputs,
                cancellation
            );
        });

    /// <summary>The hash of an operation's own file.</summary>
    public static string OfOperation(Operation operation, FingerprintInputs inputs, CancellationToken cancellation) =>
        Hash(writer => WriteFiles(writer, operation.Files, inputs, cancellation));

    private static void WriteFiles(
        BinaryWriter writer,
        IEnumerable<SyntaxTree> files,
        FingerprintInputs inputs,
        CancellationToken cancellation
    )
    {
        var ordered = files
            .Select(file => (File: file, Order: inputs.OrderOf(file.FilePath)))
            .Where(entry => entry.Order is not null)
            .OrderBy(entry => entry.Order, StringComparer.Ordinal);
        foreach (var (file, _) in ordered)
        {
            cancellation.ThrowIfCancellationRequested();
            var tokens = CountedTokens.Of(file.GetRoot(cancellation));
            if (tokens.Count > 0) // else a file of comments would count
                WriteAll(writer, tokens);
        }
    }

    private static void WriteAll(BinaryWriter writer, IEnumerable<string> texts)
    {
        foreach (var text in texts)
            writer.Write(text);
        writer.Write("");
    }

    private static string Hash(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        write(writer);
        using var sha256 = SHA256.Create();
        bytes.Position = 0;
        return string.Concat(
            sha256.ComputeHash(bytes).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture))
        );
    }
}
