using System.Collections.Concurrent;
using System.Reflection;

namespace Pipeline.Caching;

/// <summary>
/// The code that a stage runs on, as the build recorded it in assembly metadata: the fingerprint of each of our
/// assemblies in its closure, the versions of packages (<c>pkg:CsvHelper</c>), and the hash of each catalogue
/// operation, of which a key takes only those that it names.
/// </summary>
public sealed class CodeComponents
{
    /// <summary>What precedes the name of a package, to tell it from an assembly.</summary>
    internal const string PackagePrefix = "pkg:";

    private const string OperationPrefix = "CodeOperation:";

    private readonly KeyPart core;
    private readonly Dictionary<string, string> operations;
    private readonly ConcurrentDictionary<string, KeyPart> selections = new(StringComparer.Ordinal);

    private CodeComponents(
        KeyPart core,
        Dictionary<string, string> operations,
        IReadOnlyDictionary<string, string> rooms
    ) => (this.core, this.operations, Rooms) = (core, operations, rooms);

    /// <summary>The assembly of each kind of operation.</summary>
    public IReadOnlyDictionary<string, string> Rooms { get; }

    /// <summary>Reads the code of a stage.</summary>
    /// <param name="stage">The stage's assembly.</param>
    /// <exception cref="InvalidOperationException">An assembly of the closure is missing or lacks its metadata.</exception>
    public static CodeComponents Of(Assembly stage) => Of(stage.GetName().Name!, MetadataOf);

    /// <summary>Reads the code of a stage whose assembly is elsewhere; the others of its closure are here.</summary>
    /// <param name="stage">The assembly's name.</param>
    /// <param name="path">Its file.</param>
    /// <exception cref="InvalidOperationException">An assembly of the closure is missing or lacks its metadata.</exception>
    public static CodeComponents Of(string stage, string path) =>
        Of(stage, assembly => assembly == stage ? MetadataOf(Assembly.LoadFrom(path)) : MetadataOf(assembly));

    internal static CodeComponents Of(
        string stage,
        Func<string, IReadOnlyList<KeyValuePair<string, string>>> metadataOf
    )
    {
        var stageMetadata = metadataOf(stage);
        var core = new List<KeyValuePair<string, string>>();
        var operations = new Dictionary<string, string>(StringComparer.Ordinal);
        var rooms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var package in List("CodePackages"))
        {
            var slash = package.LastIndexOf('/');
            core.Add(new(PackagePrefix + package[..slash], package[(slash + 1)..]));
        }
        foreach (var assembly in List("CodeClosure"))
        {
            var metadata = assembly == stage ? stageMetadata : metadataOf(assembly);
            core.Add(new(assembly, Value(assembly, metadata, "CodeFingerprint")));
            foreach (var (key, value) in metadata)
            {
                if (!key.StartsWith(OperationPrefix, StringComparison.Ordinal))
                    continue;
                var operation = key[OperationPrefix.Length..];
                rooms[operation.Split('/')[0]] = assembly;
                if (!operations.TryAdd(operation, value))
                    throw new InvalidOperationException(
                        $"Two assemblies that {stage} uses have an operation {operation}; rename one."
                    );
            }
        }
        return new(KeyPart.Of(core), operations, rooms);

        string[] List(string key) => Value(stage, stageMetadata, key).Split(';', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Value(string assembly, IReadOnlyList<KeyValuePair<string, string>> metadata, string key) =>
        metadata.FirstOrDefault(entry => entry.Key == key).Value
        ?? throw new InvalidOperationException(
            $"The assembly {assembly} lacks the metadata {key}, without which a change of its code would go unseen; build it under src/."
        );

    /// <summary>The part of a key that names this code and some operations.</summary>
    /// <param name="names">The operations that the stage will use, as <c>activation/relu</c>, each once.</param>
    /// <exception cref="ArgumentException">There is no such operation in the stage's closure, or one is named twice.</exception>
    public KeyPart With(params IEnumerable<string> names)
    {
        var selection = string.Join(' ', names);
        return selection.Length == 0 ? core : selections.GetOrAdd(selection, _ => core.With(names.Select(Operation)));
    }

    private KeyValuePair<string, string> Operation(string name) =>
        operations.TryGetValue(name, out var hash)
            ? new(name, hash)
            : throw new ArgumentException($"No operation {name} is part of the stage's code.", nameof(name));

    private static IReadOnlyList<KeyValuePair<string, string>> MetadataOf(string assembly)
    {
        try
        {
            return MetadataOf(Assembly.Load(new AssemblyName(assembly)));
        }
        catch (FileNotFoundException exception)
        {
            throw new InvalidOperationException(
                $"The assembly {assembly} is part of a stage's code but can't be found; build again.",
                exception
            );
        }
    }

    private static IReadOnlyList<KeyValuePair<string, string>> MetadataOf(Assembly assembly) =>
        [
            .. assembly
                .GetCustomAttributes<AssemblyMetadataAttribute>()
                .Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value ?? "")),
        ];
}
