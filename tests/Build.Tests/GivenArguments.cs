using Cake.Core;

namespace Pipeline.Build.Tests;

/// <summary>Arguments of a command line, such as <c>executor=slurm</c>.</summary>
internal sealed class GivenArguments(params string[] arguments) : ICakeArguments
{
    private readonly ILookup<string, string> values = arguments
        .Select(argument => argument.Split('=', 2))
        .ToLookup(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "", StringComparer.OrdinalIgnoreCase);

    public bool HasArgument(string name) => values.Contains(name);

    public ICollection<string> GetArguments(string name) => [.. values[name]];

    public IDictionary<string, ICollection<string>> GetArguments() =>
        values.ToDictionary(value => value.Key, ICollection<string> (value) => [.. value], StringComparer.Ordinal);
}
