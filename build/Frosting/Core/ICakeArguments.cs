namespace Cake.Core;

/// <summary>The arguments of the command line, by name without dashes; upper and lower case are equal.</summary>
public interface ICakeArguments
{
    /// <summary>Whether an argument is there, with or without a value.</summary>
    bool HasArgument(string name);

    /// <summary>
    /// The values of an argument in the order given, none when it is not there. An argument without a value (<c>--force</c>) counts as one
    /// value, which is null.
    /// </summary>
    ICollection<string?> GetArguments(string name);

    /// <summary>The values of all arguments.</summary>
    IDictionary<string, ICollection<string?>> GetArguments();
}
